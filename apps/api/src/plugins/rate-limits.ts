import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { problem } from './problems.ts';

/** Whose budget a known caller's request comes out of: its organisation's, with all its keys and people, or its region's. */
const bucketOf = ({ caller }: FastifyRequest): string => {
  switch (caller?.kind) {
    case 'key':
    case 'session':
      return `organisation:${caller.organisation.id}`;
    case 'probe':
      return `region:${caller.region}`;
    case undefined:
      throw new Error('bucketOf: a stranger is counted by address');
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
    /** Takes nothing; throws 429 when the strangers at this address have used up theirs. */
    refuseUsedUpAddress: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  }
}

/** A generous budget per organisation and minute, in this process's memory: with n API processes it is n times as large. */
export const rateLimits = fp(
  async (app: FastifyInstance, { requestsPerMinute }: Readonly<{ requestsPerMinute: number }>) => {
    await app.register(rateLimit, { global: false, cache: 10_000 });
    const budget = { max: requestsPerMinute, timeWindow: 60_000, cache: 10_000 };
    const callers = app.createRateLimit({ ...budget, keyGenerator: bucketOf });
    // By address, as the plugin does of itself; whoever has an IPv6 line has a whole /64 of addresses.
    const strangers = app.createRateLimit({ ...budget, ipv6Subnet: 64 });
    app.decorate('countRequest', async (request: FastifyRequest, reply: FastifyReply) =>
      tell(reply, await (request.caller === null ? strangers : callers)(request)),
    );
    app.decorate('refuseUsedUpAddress', async (request: FastifyRequest, reply: FastifyReply) => {
      const verdict = await strangers(request, { increment: false });
      if (!verdict.isAllowed && verdict.isExceeded) tell(reply, verdict);
    });
  },
);
