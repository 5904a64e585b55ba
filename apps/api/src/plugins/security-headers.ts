import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

const none = ["'none'"];
const self = ["'self'"];

/**
 * Strict: nothing inline, nothing evaluated, nothing from elsewhere. The component library positions through the DOM, which
 * no policy forbids; `<style>` elements and `style` attributes in markup are.
 */
export const securityHeaders = fp(async (app: FastifyInstance, { https }: Readonly<{ https: boolean }>) => {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: self,
        scriptSrc: self,
        styleSrc: self,
        imgSrc: self,
        fontSrc: self,
        connectSrc: self,
        workerSrc: self,
        manifestSrc: self,
        objectSrc: none,
        frameSrc: none,
        frameAncestors: none,
        baseUri: self,
        formAction: self,
      },
    },
    strictTransportSecurity: https ? { maxAge: 31_536_000 } : false,
    crossOriginOpenerPolicy: https ? { policy: 'same-origin' } : false,
    originAgentCluster: https,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
});
