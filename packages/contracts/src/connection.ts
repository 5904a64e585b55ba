import { type Static, Type } from 'typebox';
import { nullable, strict } from './values.ts';

const settings = {
  httpVersion: Type.Enum(['auto', '1.1', '2'], {
    description: '`auto`: what the server picks by ALPN; 2 is spoken unasked over plain HTTP',
  }),
  family: Type.Enum(['any', 'ipv4', 'ipv6', 'both'], {
    description:
      '`any`: whichever connects first; `both`: each look is two, one a family, and a region sees the monitor down when either is',
  }),
  serverName: nullable(
    Type.String({
      pattern:
        '^(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*$',
      description: 'asked for by SNI, and what the certificate must be made for; null = the URL’s host',
    }),
  ),
  hostHeader: nullable(
    Type.String({ pattern: '^[A-Za-z0-9._:\\[\\]-]{1,260}$', description: 'sent as Host; null = the URL’s host' }),
  ),
  resolvers: Type.Array(Type.String({ maxLength: 60, examples: ['1.1.1.1', '[2606:4700:4700::1111]:53'] }), {
    ...{ maxItems: 3, uniqueItems: true },
    description: 'addresses of resolvers that are asked instead of the probe’s own; none = those',
  }),
  origin: nullable(
    Type.String({
      ...{ maxLength: 300, examples: ['https://203.0.113.7:8443'] },
      description:
        'where the site itself answers, behind its CDN: scheme and host with port. When the URL fails it is asked the same at once, with the same Host and SNI, and both answers are kept',
    }),
  ),
};

/** How a monitor's connections are made. */
export const ConnectionView = Type.Object(settings);
export type Connection = Static<typeof ConnectionView>;
export const ConnectionPatch = strict({
  httpVersion: Type.Optional(settings.httpVersion),
  family: Type.Optional(settings.family),
  serverName: Type.Optional(settings.serverName),
  hostHeader: Type.Optional(settings.hostHeader),
  resolvers: Type.Optional(settings.resolvers),
  origin: Type.Optional(settings.origin),
});

export const connectionDefaults: Connection = {
  ...{ httpVersion: 'auto', family: 'any', serverName: null, hostHeader: null },
  resolvers: [],
  origin: null,
};
