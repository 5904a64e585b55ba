import fastify from 'fastify';
import { expect, test, vi } from 'vitest';
import { accessControl } from './access-control.ts';
import type { Caller } from './accounts.ts';
import { useErrors } from './errors.ts';
import { rateLimits } from './rate-limits.ts';

const organisation = { id: 'acme', name: 'Acme' };
const account = { id: 'ann', name: 'Ann', email: 'ann@example.com', emailVerified: true };
const callers: Readonly<Record<string, Caller>> = {
  'key one': { kind: 'key', keyId: '1', scope: 'read', organisation },
  'key two': { kind: 'key', keyId: '2', scope: 'read', organisation },
  session: { kind: 'session', account, organisation: { ...organisation, role: 'owner' } },
  'key of another': { kind: 'key', keyId: '3', scope: 'read', organisation: { id: 'other', name: 'Other' } },
};

/** An API where anybody has three requests a minute. */
const startSmall = async () => {
  const app = fastify();
  const findCaller = vi.fn(async ({ headers }: { headers: { authorization?: string | undefined } }) => {
    return callers[headers.authorization ?? ''] ?? null;
  });
  useErrors(app);
  await app.register(rateLimits, { requestsPerMinute: 3 });
  await app.register(accessControl, { findCaller, trustedOrigins: [] });
  app.get('/own', { config: { access: 'read' } }, async () => 'ok');
  app.get('/open', { config: { access: 'public' } }, async () => 'ok');
  const send = async (authorization: string | null, remoteAddress = '192.0.2.1', url = '/own'): Promise<number> => {
    const headers = authorization === null ? {} : { authorization };
    return (await app.inject({ url, remoteAddress, headers })).statusCode;
  };
  return { app, send, findCaller };
};

test('all keys and sessions of an organisation share one budget, another organisation has its own', async () => {
  const { app, send } = await startSmall();
  expect([await send('key one'), await send('key two'), await send('session')]).toEqual([200, 200, 200]);
  expect([await send('key one'), await send('key two'), await send('session')]).toEqual([429, 429, 429]);
  expect(await send('key of another')).toBe(200);
  await app.close();
});

test('a stranger with a whole IPv6 line has one budget, its neighbour another', async () => {
  const { app, send } = await startSmall();
  const statuses: number[] = [];
  for (const host of ['1', '2', 'ffff', 'a:b:c:d']) {
    const address = `2001:db8:0:7:${host.includes(':') ? host : `:${host}`}`;
    statuses.push(await send(null, address, '/open'));
  }
  expect(statuses).toEqual([200, 200, 200, 429]);
  expect(await send(null, '2001:db8:0:8::1', '/open')).toBe(200);
  await app.close();
});

test('who has guessed too often guesses no more, while a known key still comes in from the same address', async () => {
  const { app, send, findCaller } = await startSmall();
  expect(await send('key one')).toBe(200);
  for (const guess of ['g1', 'g2', 'g3']) expect(await send(guess)).toBe(401);
  expect(await send('g4')).toBe(429);
  const looked = findCaller.mock.calls.length;
  for (const guess of ['g4', 'g5', 'g6']) expect(await send(guess)).toBe(429);
  expect(findCaller).toHaveBeenCalledTimes(looked);
  expect(await send('key one')).toBe(200);
  expect(await send('g5', '192.0.2.2')).toBe(401);
  await app.close();
});
