import { gzipSync } from 'node:zlib';
import { startHttp2Target, startRawTarget, startTarget } from '@farwatch/testkit';
import { describe, expect, test } from 'vitest';
import { readHead } from './http/http1-head.ts';
import { lookAt, said } from './look.fixture.ts';

const trusting = { verifyTls: false } as const;
const answering = (bytes: string | Buffer) => startRawTarget((socket) => socket.once('data', () => socket.end(bytes)));

/** RFC 9113, section 4.1. */
const types = { data: 0, headers: 1, reset: 3, settings: 4 } as const;
const endStream = 1;
const frame = (type: number, flags: number, stream: number, payload = Buffer.alloc(0)): Buffer => {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
};
/** `:status: 200` alone (RFC 7541, appendix A, entry 8), whole (END_HEADERS). */
const headed = frame(types.headers, 4, 1, Buffer.of(0x88));

describe('a server that means harm', () => {
  test.each([
    ['blanks before a CR in the middle', `a:${' '.repeat(60_000)}\rx`],
    ['blanks in the middle', `a:${' '.repeat(60_000)}y`],
    ['a name without end', 'a'.repeat(60_000)],
  ])('holds nothing up by %s of a header', (_, line) => {
    const begun = performance.now();
    readHead(Buffer.from(`HTTP/1.1 200 OK\r\n${line}`));
    expect(performance.now() - begun).toBeLessThan(500);
  });
  test('exhausts no stack by interim answers', async () => {
    await using target = await answering('HTTP/1.1 100\n\n'.repeat(3_000));
    expect(said(await lookAt(target.url))).toBe('protocol:TOO_MANY_INTERIM');
  });
  test('fills no memory by a body in pieces of a byte', async () => {
    const body = '1\r\nx\r\n'.repeat(200_000);
    await using target = await answering(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${body}0\r\n\r\n`);
    const before = process.memoryUsage().arrayBuffers;
    const answer = await lookAt(target.url, { assertions: [{ kind: 'body', compare: 'contains', value: 'xx' }] });
    expect([said(answer), answer.bytes]).toEqual(['up', 200_000]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1_048_576);
  });
  test('sends no head beyond 64 KiB over HTTP/2 either', async () => {
    await using target = await startHttp2Target((_, res) => {
      const many = Object.fromEntries(Array.from({ length: 100 }, (__, i) => [`x-${i}`, 'y'.repeat(900)]));
      res.stream.on('error', () => undefined);
      res.writeHead(200, many).end();
    });
    expect(said(await lookAt(target.url, trusting))).toMatch(/^protocol:(HEADERS_TOO_LARGE|\w+)$/u);
  });
  test('gets no cut body of HTTP/2 past as a whole one', async () => {
    const half = [frame(types.settings, 0, 0), headed, frame(types.data, 0, 1, Buffer.from('half'))];
    await using cut = await answering(Buffer.concat([...half, frame(types.reset, 0, 1, Buffer.alloc(4))]));
    expect(said(await lookAt(cut.url, { http: '2' }))).toBe('protocol:CUT_BODY');
    await using whole = await answering(Buffer.concat([...half, frame(types.data, endStream, 1)]));
    expect(said(await lookAt(whole.url, { http: '2' }))).toBe('up');
  });
});

describe('a secret stays where it is', () => {
  const secret = { name: 'x-key', value: 'very-secret-value' };
  const dump = (answer: unknown): string => JSON.stringify(answer);
  test('when the origin twin is asked for a path that looks like a host', async () => {
    const asked: unknown[] = [];
    await using elsewhere = await startTarget((_, res) => res.end(String(asked.push('elsewhere'))));
    await using edge = await startTarget((_, res) => res.writeHead(502).end());
    await using origin = await startTarget(({ url }, res) => res.end(String(asked.push(url))));
    const path = `//127.0.0.1:${elsewhere.port}/x`;
    await lookAt(`${edge.url}${path}`, { origin: origin.url, secret });
    expect(asked).toEqual([path]);
  });
  test('when a broken head repeats it', async () => {
    await using target = await answering('HTTP/1.1 200 OK\r\nYour Key very-secret-value\r\n\r\n');
    const answer = await lookAt(target.url, { secret });
    expect(answer.details.findings).toMatchObject([{ kind: 'protocol', code: 'INVALID_HTTP' }]);
    expect(dump(answer)).not.toContain('very-secret-value');
  });
  test('when a redirect leads it into a path', async () => {
    await using target = await startTarget(({ url }, res) => {
      if (url?.startsWith('/in/') === true) res.writeHead(500).end(`no ${url}`);
      else res.writeHead(302, { location: '/in/s3cr3t-value' }).end();
    });
    const answer = await lookAt(`${target.url}/?token=s3cr3t-value`);
    expect(said(answer)).toBe('500');
    expect(dump(answer)).not.toContain('s3cr3t-value');
    expect(dump(answer)).not.toContain(Buffer.from('s3cr3t-value').toString('base64').slice(0, 14));
  });
  test.each<[string, Record<string, string>]>([
    ['undeclared', { 'content-type': 'text/html' }],
    ['under a name that nobody knows', { 'content-encoding': 'gzip, foo' }],
    ['under the wrong name', { 'content-encoding': 'br' }],
  ])('when it comes compressed, %s', async (_, headers) => {
    const page = gzipSync('you sent very-secret-value');
    await using target = await startTarget((__, res) => res.writeHead(500, headers).end(page));
    const { evidence } = await lookAt(target.url, { secret });
    expect(evidence?.bodyBase64).toBe('');
  });
});
