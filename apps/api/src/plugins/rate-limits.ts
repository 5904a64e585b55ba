import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { problem } from './problems.ts';

/** Whose budget a request comes out of: a key's, an account's, a region's, or, for a stranger, an address's. */
const bucketOf = ({ caller, ip }: FastifyRequest): string => {
  switch (caller?.kind) {
    case 'key':
      return `key:${caller.keyId}`;
    case 'session':
      return `account:${caller.account.id}`;
    case 'probe':
      return `region:${caller.region}`;
    case undefined:
      return `address:${ip}`;
  }
};

type Verdict =
  | Readonly<{ isAllowed: true }>
  | Readonly<{ isAllowed: false; max: number; remaining: number; ttlInSeconds: number; isExceeded: boolean }>;

/** draft-ietf-httpapi-ratelimit-headers: a policy's quota per window, and what is left of it. */
const tell = (reply: FastifyReply, verdict: Verdict): void => {
  if (verdict.isAllowed) return;
  reply.header('ratelimit-policy', `"default";q=${verdict.max};w=60`);
  reply.header('ratelimit', `"default";r=${verdict.remaining};t=${verdict.ttlInSeconds}`);
  if (verdict.isExceeded)
    throw problem(429, 'rate-limited', `Too many requests. Try again in ${verdict.ttlInSeconds} s.`, undefined, {
      'retry-after': String(verdict.ttlInSeconds),
    });
};

declare module 'fastify' {
  interface FastifyInstance {
    /** Takes one request out of the caller's budget, tells what is left, and throws 429 when nothing is. */
    countRequest: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  }
}

/** A generous budget per caller and minute, in this process's memory: with n API processes it is n times as large. */
export const rateLimits = fp(
  async (app: FastifyInstance, { requestsPerMinute }: Readonly<{ requestsPerMinute: number }>) => {
    await app.register(rateLimit, { global: false, cache: 10_000 });
    const check = app.createRateLimit({ max: requestsPerMinute, timeWindow: 60_000, keyGenerator: bucketOf });
    app.decorate('countRequest', async (request: FastifyRequest, reply: FastifyReply) =>
      tell(reply, await check(request)),
    );
  },
);
