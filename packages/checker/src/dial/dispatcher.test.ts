import { startRawTarget, startTarget } from '@farwatch/testkit';
import { request } from 'undici';
import { describe, expect, test } from 'vitest';
import { parseDialRules } from './addresses.ts';
import { guardedDispatcher } from './dispatcher.ts';

const post = async (url: string, cidrs: string, connectTimeoutMs = 2_000) => {
  const dispatcher = guardedDispatcher(parseDialRules(cidrs), { connectTimeoutMs });
  try {
    const { statusCode, body } = await request(url, { dispatcher, method: 'POST', body: '{}' });
    return { status: statusCode, text: await body.text() };
  } finally {
    await dispatcher.destroy();
  }
};

describe('the guarded dispatcher', () => {
  test('carries a request to an opened address', async () => {
    await using target = await startTarget((req, res) => req.pipe(res));
    expect(await post(target.url, '127.0.0.0/8')).toEqual({ status: 200, text: '{}' });
  });
  test('refuses any other, and nothing is dialled', async () => {
    await using target = await startTarget((_, res) => res.end());
    await expect(post(target.url, '')).rejects.toMatchObject({ code: 'ADDRESS_DENIED' });
    await expect(post(`http://localhost:${target.port}/`, '')).rejects.toMatchObject({ code: 'ADDRESS_DENIED' });
    expect(target.connections()).toBe(0);
  });
  test('follows no redirect to one either', async () => {
    await using target = await startTarget((_, res) =>
      res.writeHead(307, { location: 'http://169.254.169.254/' }).end(),
    );
    expect(await post(target.url, '127.0.0.0/8')).toMatchObject({ status: 307 });
  });
  test('gives up a handshake that never ends', async () => {
    await using target = await startRawTarget(() => undefined);
    const url = target.url.replace('http:', 'https:');
    await expect(post(url, '127.0.0.0/8', 200)).rejects.toMatchObject({ code: 'UND_ERR_CONNECT_TIMEOUT' });
  });
});
