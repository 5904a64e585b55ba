import { Buffer } from 'node:buffer';
import { existsSync, readFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { needs } from '@farwatch/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../test-api.fixture.ts';

const corpus = '/work/shared/corpora/http/llhttp-requests.jsonl';

let api: TestApi;
let port: number;
beforeAll(async () => {
  api = await startTestApi();
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  port = (api.app.server.address() as AddressInfo).port; // it listens on TCP
});
afterAll(() => api[Symbol.asyncDispose]());

/** Sends raw bytes, then ends; answers everything that came back. Rejects when the server leaves the line open. */
const exchange = (bytes: Buffer): Promise<string> => {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const chunks: Buffer[] = [];
  const socket = connect({ host: '127.0.0.1', port });
  socket.setTimeout(10_000, () => {
    socket.destroy();
    reject(new Error('the server neither answered nor hung up'));
  });
  socket.on('data', (chunk) => chunks.push(Buffer.from(chunk)));
  socket.on('error', () => undefined); // a reset is an answer too; 'close' follows
  socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
  socket.end(bytes);
  return promise;
};

const statusesOf = (text: string): number[] =>
  [...text.matchAll(/^HTTP\/1\.1 (\d{3}) /gmu)].map(([, status]) => Number(status));

type Case = Readonly<{ title: string; raw_b64: string }>;
needs('the corpus of raw requests', existsSync(corpus)).test(
  'no raw request crashes the server, hangs it or makes it answer 500',
  async () => {
    const cases: Case[] = readFileSync(corpus, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(cases.length).toBeGreaterThan(150);
    const wrong: string[] = [];
    for (const { title, raw_b64 } of cases) {
      const answer = await exchange(Buffer.from(raw_b64, 'base64')).catch((error: Error) => error.message);
      const statuses = statusesOf(answer);
      if (answer.startsWith('the server') || statuses.some((status) => status >= 500))
        wrong.push(`${title}: ${answer.slice(0, 80)}`);
    }
    expect(wrong).toEqual([]);
    expect(
      statusesOf(await exchange(Buffer.from('GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'))),
    ).toEqual([200]);
  },
  120_000,
);

test('what is not HTTP is told so as a problem, and the line is closed', async () => {
  const answer = await exchange(Buffer.from('\x16\x03\x01\x02\x00\x01\x00\x01\xfc'));
  expect(answer).toMatch(/^HTTP\/1\.1 400 /u);
  expect(answer).toContain('application/problem+json');
  expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ status: 400, code: 'malformed-request' });
});

test('headers without end are refused as a problem', async () => {
  const answer = await exchange(
    Buffer.from(`GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(100_000)}\r\n\r\n`),
  );
  expect(answer).toMatch(/^HTTP\/1\.1 431 /u);
  expect(answer).toContain('"code":"headers-too-large"');
});
