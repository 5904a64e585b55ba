import { Buffer } from 'node:buffer';
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Db } from '../db.ts';
import { organisationOf } from './accounts.ts';
import { type Answer, idempotencyStore, type Slot } from './idempotency-store.ts';
import { problem } from './problems.ts';

type Claimed = Readonly<{ slot: Slot; cipherKey: Buffer }>;
declare module 'fastify' {
  interface FastifyRequest {
    claimed: Claimed | null;
  }
}

export type IdempotencyOptions = Readonly<{ db: Pick<Db, 'sql'>; secret: string }>;

const keyPattern = /^[\x21-\x7e]{1,255}$/u;
const replayedHeaders = ['content-type', 'location', 'etag', 'link'];

const sha256 = (...parts: readonly string[]): Buffer => createHash('sha256').update(JSON.stringify(parts)).digest();
/** Keyed: a body may hold a short password, which whoever has the database alone could find by trying. */
const fingerprintOf = (secret: string, ...parts: readonly string[]): Buffer =>
  createHmac('sha256', secret)
    .update(JSON.stringify(['farwatch idempotency', ...parts]))
    .digest();

/** An answer may hold what is shown once (a new API key), so it is kept in a form only the Idempotency-Key opens. */
const seal = (key: Buffer, text: string): string => {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
};
const open = (key: Buffer, text: string): string => {
  const bytes = Buffer.from(text, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
};

const headerOf = ({ headers }: FastifyRequest): string | null => {
  const key = headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key !== 'string' || !keyPattern.test(key))
    throw problem(400, 'idempotency-key-invalid', 'An Idempotency-Key has 1 to 255 visible ASCII characters.');
  return key;
};

const claimedBy = (request: FastifyRequest, key: string, secret: string): Claimed => ({
  slot: {
    organisationId: organisationOf(request).id,
    key: sha256('key', key).toString('base64url'),
    fingerprint: fingerprintOf(secret, request.method, request.url, request.rawBody),
  },
  cipherKey: Buffer.from(hkdfSync('sha256', secret, key, 'farwatch idempotency', 32)),
});

const answerOf = (reply: FastifyReply, body: string, cipherKey: Buffer): Answer => {
  const headers = replayedHeaders.flatMap((name) => {
    const value = reply.getHeader(name);
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return { status: reply.statusCode, headers: Object.fromEntries(headers), body: seal(cipherKey, body) };
};

const replay = (reply: FastifyReply, { status, headers, body }: Answer, cipherKey: Buffer): FastifyReply =>
  reply
    .code(status)
    .headers(headers)
    .header('idempotent-replayed', 'true')
    .serializer(String)
    .send(open(cipherKey, body));

/** A POST with an Idempotency-Key happens once; asked again within 24 hours it gets the same answer. */
/** A longer answer is not kept: asked again, it is made again. */
const longestKept = 4_000_000;

export const idempotency = fp(async (app: FastifyInstance, { db, secret }: IdempotencyOptions) => {
  const store = idempotencyStore();
  app.decorateRequest('claimed', null);
  app.addHook('preHandler', async (request, reply) => {
    const key = request.method === 'POST' && request.caller !== null ? headerOf(request) : null;
    if (key === null) return;
    const claimed = claimedBy(request, key, secret);
    const claim = await store.claim(db.sql, claimed.slot);
    switch (claim.kind) {
      case 'mine':
        request.claimed = claimed;
        return;
      case 'answered':
        return replay(reply, claim.answer, claimed.cipherKey);
      case 'running':
        throw problem(409, 'idempotency-key-in-use', 'The request with this Idempotency-Key is still running.');
      case 'other-request':
        throw problem(422, 'idempotency-key-reused', 'This Idempotency-Key was used for another request.');
    }
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const { claimed } = request;
    if (claimed === null) return payload;
    request.claimed = null; // settled once, also when settling fails and the error is sent instead
    const body = payload === undefined || payload === null ? '' : payload;
    // Asked too soon is no answer to keep: after Retry-After the same request may be made.
    const passing = reply.statusCode >= 500 || reply.statusCode === 429;
    if (passing || typeof body !== 'string' || body.length > longestKept) await store.giveBack(db.sql, claimed.slot);
    else await store.settle(db.sql, claimed.slot, answerOf(reply, body, claimed.cipherKey));
    return payload;
  });
});
