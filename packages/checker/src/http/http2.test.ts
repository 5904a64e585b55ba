import { constants } from 'node:http2';
import { gzipSync } from 'node:zlib';
import { startHttp2Target, startRawTarget, startTarget, startTlsTarget } from '@farwatch/testkit';
import { describe, expect, test } from 'vitest';
import { lookAt, phaseSum, said } from '../look.fixture.ts';

const trusting = { verifyTls: false } as const;

describe('HTTP/2', () => {
  test('is spoken where the server picks it, and told', async () => {
    const asked: unknown[] = [];
    await using target = await startHttp2Target((req, res) => {
      asked.push({ path: req.url, host: req.authority, agent: req.headers['user-agent'], version: req.httpVersion });
      res.setHeader('x-a', 'größer');
      res.end('hello');
    });
    const answer = await lookAt(`${target.url}/a?b=c`, trusting);
    expect(said(answer)).toBe('up');
    expect(answer).toMatchObject({ status: 200, bytes: 5, remoteAddress: '127.0.0.1' });
    expect(answer.details.hops).toMatchObject([{ httpVersion: '2', wireBytes: 5, tls: { version: 'TLSv1.3' } }]);
    expect(Math.abs(phaseSum(answer) - answer.totalMs)).toBeLessThan(1);
    expect(asked).toMatchObject([{ path: '/a?b=c', host: `127.0.0.1:${target.port}`, version: '2.0' }]);
  });
  test('gives evidence, reads compressed bodies and carries a body and a log-in', async () => {
    await using target = await startHttp2Target((req, res) => {
      let body = '';
      req.on('data', (chunk) => {
        body += String(chunk);
      });
      req.on('end', () => {
        res.writeHead(502, { server: 'edge', 'content-encoding': 'gzip' });
        res.end(gzipSync(`${req.method} ${body} ${req.headers['x-key']}`));
      });
    });
    const secret = { name: 'X-Key', value: 'very-secret-value' };
    const answer = await lookAt(target.url, { ...trusting, method: 'POST', body: 'socks', secret });
    expect(said(answer)).toBe('502');
    expect(answer.evidence?.headers).toContainEqual(['server', 'edge']);
    const text = Buffer.from(answer.evidence?.decodedBase64 ?? '', 'base64').toString();
    expect(text).toBe(`POST socks ${'*'.repeat(17)}`);
  });
  test('is left for HTTP/1.1 where the server knows no other, and where nothing else is wanted', async () => {
    await using old = await startTlsTarget((_, res) => res.end());
    await using both = await startHttp2Target((_, res) => res.end(), { tls: { allowHTTP1: true } });
    const versionOf = async (url: string, http: 'auto' | '1.1' | '2') =>
      (await lookAt(url, { ...trusting, http })).details.hops[0]?.httpVersion;
    expect(await versionOf(old.url, 'auto')).toBe('1.1');
    expect(await versionOf(both.url, '1.1')).toBe('1.1');
    expect(await versionOf(both.url, '2')).toBe('2');
  });
  test('that is wanted and not offered is a failure', async () => {
    await using old = await startTlsTarget((_, res) => res.end());
    expect(said(await lookAt(old.url, { ...trusting, http: '2' }))).toMatch(
      /^(tls:ERR_SSL_\w+|protocol:HTTP2_NOT_OFFERED)$/u,
    );
  });
  test('is spoken without TLS where it is wanted', async () => {
    await using target = await startHttp2Target((_, res) => res.end('hi'), { plain: true });
    expect(await lookAt(target.url, { http: '2' })).toMatchObject({ outcome: { verdict: 'up' }, bytes: 2 });
    await using old = await startTarget((_, res) => res.end());
    expect(said(await lookAt(old.url, { http: '2' }))).toMatch(/^protocol:/u);
  });
  test('without an end is read up to a mebibyte', async () => {
    await using target = await startHttp2Target((_, res) => {
      const more = (): void => {
        while (!res.stream.destroyed && res.write(Buffer.alloc(65_536)));
      };
      res.stream.on('drain', more).on('error', () => undefined);
      more();
    });
    const answer = await lookAt(target.url, trusting);
    expect(said(answer)).toBe('up');
    expect(answer.bytes).toBe(1_048_576);
  });
});

describe('a broken HTTP/2 answer', () => {
  test.each<[string, Parameters<typeof startHttp2Target>[0], RegExp]>([
    [
      'a refused stream',
      (_, res) => res.stream.close(constants.NGHTTP2_REFUSED_STREAM),
      /^protocol:HTTP2_REFUSED_STREAM$/u,
    ],
    [
      'a stream that breaks off',
      (_, res) => res.write('half', () => res.stream.close(constants.NGHTTP2_INTERNAL_ERROR)),
      /^protocol:HTTP2_INTERNAL_ERROR$/u,
    ],
    ['a connection that is closed', (req) => req.stream.session?.destroy(), /^protocol:\w+$/u],
    [
      'a body shorter than it says',
      (_, res) => void res.writeHead(200, { 'content-length': 100 }).end('half'),
      /^protocol:(CUT_BODY|HTTP2_PROTOCOL_ERROR|HTTP2_INTERNAL_ERROR)$/u,
    ],
  ])('%s is down in phase protocol', async (_, handler, code) => {
    await using target = await startHttp2Target(handler);
    expect(said(await lookAt(target.url, trusting))).toMatch(code);
  });
  test('silence runs into the timeout', async () => {
    await using target = await startHttp2Target(() => undefined);
    const answer = await lookAt(target.url, { ...trusting, timeoutMs: 300 });
    expect(said(answer)).toBe('timeout');
    expect(answer.totalMs).toBeLessThan(1_300);
  });
  test('garbage settles', async () => {
    await using target = await startRawTarget((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    );
    expect(said(await lookAt(target.url, { http: '2', timeoutMs: 2_000 }))).toMatch(/^protocol:\w+$/u);
  });
});
