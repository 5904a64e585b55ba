import fastify from 'fastify';
import { expect, test } from 'vitest';
import { openLog } from './deps.ts';

test('the log of a request says its path and never its query, where tokens travel', async () => {
  const lines: string[] = [];
  const loggerInstance = openLog({ logLevel: 'trace' }, { write: (line) => void lines.push(line) });
  const app = fastify({ loggerInstance });
  app.get('/v1/auth/verify-email', async () => 'ok');
  await app.inject('/v1/auth/verify-email?token=secret-of-the-mail');
  await app.close();
  expect(lines.join('')).toContain('"url":"/v1/auth/verify-email"');
  expect(lines.join('')).not.toContain('secret-of-the-mail');
});

test.each(['/l/', '/v1/links/', '/v1/unsubscribe/'])('the log of a request to %s says no token', async (path) => {
  const lines: string[] = [];
  const loggerInstance = openLog({ logLevel: 'trace' }, { write: (line) => void lines.push(line) });
  const app = fastify({ loggerInstance });
  app.get(`${path}:token`, async () => 'ok');
  await app.inject(`${path}secret-of.the-link?x=1`);
  await app.close();
  expect(lines.join('')).toContain(`"url":"${path}[redacted]"`);
  expect(lines.join('')).not.toContain('secret-of');
});
