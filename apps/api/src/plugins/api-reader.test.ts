import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiReader } from './api-reader.ts';

let app: FastifyInstance;
const policy = "script-src 'self';style-src 'self';img-src 'self';font-src 'self'";
beforeAll(async () => {
  app = fastify();
  app.addHook('onRequest', async (_, reply) => void reply.header('content-security-policy', policy));
  await app.register(apiReader);
});
afterAll(() => app.close());
const get = (url: string) => app.inject({ method: 'GET', url });

test('the reader and its program are there, its one inline script is let in by its hash, and nothing else is', async () => {
  expect(await get('/docs')).toMatchObject({ statusCode: 301, headers: { location: '/docs/' } });
  const page = await get('/docs/');
  expect(page.headers['content-type']).toContain('text/html');
  expect(page.payload).toContain('/openapi.json');
  expect(page.headers['content-security-policy']).toMatch(/script-src 'self' 'sha256-[^']+';style-src 'self' 'unsafe/u);
  const program = await get('/docs/js/scalar.js');
  expect(program.headers).toMatchObject({ 'content-type': 'application/javascript; charset=utf-8' });
  expect(program.headers['content-security-policy']).toBe(policy);
  expect(program.rawPayload.length).toBeGreaterThan(1_000_000);
  expect((await get('/docs/nothing')).statusCode).toBe(404);
});
