import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { connectionDefaults } from '@farwatch/contracts';
import { programOnPath } from '@farwatch/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { curlOf, shellWord } from '../../apps/web/src/features/results/curl.ts';

// The command is run by a real shell and a real curl, against a server that tells what it got.

const run = promisify(execFile);
const curl = programOnPath('curl');
const corpus = '/work/shared/corpora/strings/blns.json';
const naughty: readonly string[] = existsSync(corpus) ? JSON.parse(readFileSync(corpus, 'utf8')) : [];

type Got = Readonly<{ method: string; url: string; headers: NodeJS.Dict<string | string[]>; body: string }>;
let base: string;
let got: Got | null = null;
const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer); // a request's stream gives buffers
  return Buffer.concat(parts).toString('utf8');
};
const server = createServer(async (request, response) => {
  const { method = '', url = '', headers } = request;
  got = { method, url, headers, body: await bodyOf(request) };
  if (url === '/from') response.writeHead(302, { location: '/to' });
  response.end('ok');
});
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
});
afterAll(() => server.close());

const monitor = {
  ...{ method: 'GET' as const, headers: {}, body: null, auth: null, verifyTls: true, timeoutMs: 5_000 },
  ...{ maxRedirects: 0, connection: connectionDefaults },
};
type Asked = Parameters<typeof curlOf>[0];
const ask = async (more: Partial<Asked>, options?: Parameters<typeof curlOf>[1]): Promise<Got> => {
  got = null;
  const { command } = curlOf({ ...monitor, url: base, ...more }, options);
  await run('sh', ['-c', command], { env: { PATH: process.env.PATH, FARWATCH_TOKEN: 's3cret $(id) "\'' } });
  if (got === null) throw new Error(`nothing was asked: ${command}`);
  return got;
};

test('a word of the shell is what it was, whatever is in it', async () => {
  const words = naughty.filter((word) => !word.includes('\0') && word !== '');
  const command = ['printf', "'%s\\0'", ...words.map(shellWord), shellWord('$(id) `id` \\ \' "')].join(' ');
  const { stdout } = await run('sh', ['-c', command], { maxBuffer: 10_000_000 });
  expect(stdout.split('\0').slice(0, -1)).toEqual([...words, '$(id) `id` \\ \' "']);
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.string({ unit: 'binary' }).filter((s) => s !== '' && !s.includes('\0')),
        { minLength: 1 },
      ),
      async (list) => {
        const { stdout: said } = await run('sh', ['-c', `printf '%s\\0' ${list.map(shellWord).join(' ')}`]);
        expect(said.split('\0').slice(0, -1)).toEqual(list);
      },
    ),
    { numRuns: 40 },
  );
});

test.skipIf(curl === null)('method, path, headers and body arrive as the monitor has them', async () => {
  const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9!#$%&'*+.^_`|~-]{0,20}$/u).map((word) => `x-${word}`);
  const value = fc.stringMatching(/^[\x20-\x7e]{0,40}$/u).map((text) => text.trim());
  const body = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 200 }).filter((text) => !text.includes('\0')),
    ...(naughty.length === 0 ? [] : [fc.constantFrom(...naughty.filter((text) => !text.includes('\0')))]),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('POST' as const, 'PUT' as const, 'PATCH' as const, 'DELETE' as const),
      fc.dictionary(name, value, { maxKeys: 4, noNullPrototype: true }),
      body,
      fc.webPath(),
      async (method, headers, sent, path) => {
        const told = await ask({ method, headers, body: sent, url: base + path });
        expect([told.method, told.url, told.body]).toEqual([method, new URL(base + path).pathname, sent]);
        for (const [key, text] of Object.entries(headers)) expect(told.headers[key.toLowerCase()]).toBe(text);
        expect(told.headers['content-type']).toBeUndefined();
      },
    ),
    { numRuns: 60 },
  );
});

test.skipIf(curl === null)('host, address, server name and origin lead where the probe went', async () => {
  const { port } = new URL(base);
  const url = `http://shop.example:${port}/a?b=[1]`;
  const there = await ask({ url }, { address: '127.0.0.1' });
  expect([there.headers.host, there.url]).toEqual([`shop.example:${port}`, '/a?b=[1]']);
  const named = { ...connectionDefaults, serverName: 'sni.example', hostHeader: 'shown.example' };
  expect((await ask({ url, connection: named }, { address: '127.0.0.1' })).headers.host).toBe('shown.example');
  const origin = await ask({ url: 'http://shop.example/a' }, { origin: base });
  expect([origin.headers.host, origin.url]).toEqual(['shop.example', '/a']);
});

test.skipIf(curl === null)('a secret is taken from the environment, and goes nowhere else', async () => {
  const auth = { kind: 'bearer', name: null } as const;
  expect((await ask({ auth })).headers.authorization).toBe('Bearer s3cret $(id) "\'');
  const basic = await ask({ auth: { kind: 'basic', name: "ad'a" } });
  expect(basic.headers.authorization).toBe(`Basic ${btoa("ad'a:s3cret $(id) \"'")}`);
  const key = { kind: 'header', name: 'X-Key' } as const;
  expect((await ask({ auth: key })).headers['x-key']).toBe('s3cret $(id) "\'');
  expect(curlOf({ ...monitor, url: base, auth: key, maxRedirects: 5 }).command).not.toContain('--location');
});

test.skipIf(curl === null)('redirects are followed as far as the monitor does, a POST as a GET', async () => {
  expect(await ask({ url: `${base}/from`, maxRedirects: 3, method: 'POST', body: 'a' })).toMatchObject({
    ...{ url: '/to', method: 'GET' },
  });
  expect((await ask({ url: `${base}/from` })).url).toBe('/from');
});

test('versions, certificates, families and time are said', () => {
  const http2 = { ...connectionDefaults, httpVersion: '2', family: 'both' } as const;
  const { command } = curlOf(
    { ...monitor, url: 'https://a.example/', verifyTls: false, connection: http2, timeoutMs: 2_500 },
    { family: 'ipv6' },
  );
  for (const word of ['--http2 ', '--insecure', '--ipv6', '--max-time 2.5']) expect(`${command} `).toContain(word);
});
