import { freePort, startRawTarget, startTarget, startTlsTarget } from '@farwatch/testkit';
import { describe, expect, test, vi } from 'vitest';
import { check } from './check.ts';
import { parseCheck } from './check-arguments.ts';
import { farwatch } from './run-cli.fixture.ts';

/** Each starts a process or more, beside other tests. */
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const here = ['--allow', '127.0.0.0/8'];
/** What a check of this URL says, as a script reads it. */
const checked = async (url: string, ...more: readonly string[]) => {
  const { code, text } = await check([url, '--json', ...here, ...more]);
  return { code, told: JSON.parse(text) };
};
const nginx502 =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n';
const page = `<html><head><title>Shop</title></head><body><h1>Shop</h1>${'<p>Shoes and hats for everybody, sent the same day.</p>'.repeat(20)}</body></html>`;

describe('one JSON document of result, evidence and diagnosis', () => {
  test('a good answer is up, healthy, and kept as evidence; it ends with 0', async () => {
    await using server = await startTarget((_, res) => void res.setHeader('content-type', 'text/html').end(page));
    const { code, told } = await checked(`${server.url}/a?token=hidden`);
    expect(code).toBe(0);
    expect(Object.keys(told)).toEqual(['result', 'evidence', 'diagnosis']);
    expect(told.result).toMatchObject({
      outcome: { verdict: 'up' },
      status: 200,
      remoteAddress: '127.0.0.1',
      method: 'GET',
    });
    expect(told.result.startedAt).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/u);
    expect(told.evidence).toMatchObject({ status: 200, bodyTruncated: false });
    expect(told.diagnosis.causes[0].cause).toBe('healthy');
    expect(told.diagnosis.broke.hop).toBe('none');
    expect(JSON.stringify(told)).not.toContain('hidden');
  });
  test('a 502 page is down; who wrote it and what fits is told; it ends with 1', async () => {
    await using server = await startTarget((_, res) =>
      res.writeHead(502, { Server: 'nginx', 'Content-Type': 'text/html' }).end(nginx502),
    );
    const { code, told } = await checked(server.url);
    expect(code).toBe(1);
    expect(told.result.outcome).toEqual({ verdict: 'down', failure: { kind: 'status', status: 502 } });
    expect(told.diagnosis.wroteBy.product).toBe('nginx');
    expect(told.diagnosis.causes.length).toBeGreaterThan(3);
    expect(told.diagnosis.evidence[0].look.at).toBe(told.result.startedAt);
  });
  test('an error behind a good status is up to a status rule, and still ends with 1', async () => {
    await using server = await startTarget((_, res) => void res.setHeader('content-type', 'text/html').end(nginx502));
    const { code, told } = await checked(server.url);
    expect(told.result.outcome.verdict).toBe('up');
    expect(told.diagnosis.causes[0].cause).toBe('masked-outage');
    expect(code).toBe(1);
  });
  test('an old copy of a page while the origin is away is a good answer', async () => {
    await using server = await startTarget((_, res) => {
      res
        .writeHead(200, { 'content-type': 'text/html', 'x-cache': 'STALE', warning: '110 - "Response is Stale"' })
        .end(page);
    });
    const { code, told } = await checked(server.url);
    expect([code, told.diagnosis.causes[0].cause]).toEqual([0, 'healthy-stale']);
  });
  test('no answer has no evidence', async () => {
    const { code, told } = await checked(`http://127.0.0.1:${await freePort()}/`);
    expect(code).toBe(1);
    expect(told.evidence).toBeNull();
    expect(told.diagnosis.causes[0].cause).toBe('gateway-down');
    expect(told.diagnosis.wroteBy.product).toBeNull();
  });
  test('a cut body, a closed connection, a certificate: each is diagnosed', async () => {
    await using cut = await startTarget((_, res) => {
      res.writeHead(200, { 'content-type': 'text/html', 'content-length': 9_000 });
      res.write(page, () => res.destroy());
    });
    expect((await checked(cut.url)).told.diagnosis.causes[0].cause).toBe('truncated-body');
    await using closing = await startRawTarget((socket) => void socket.once('data', () => socket.end()));
    expect((await checked(closing.url)).told.diagnosis.causes[0].cause).toBe('gateway-closed');
    await using tls = await startTlsTarget((_, res) => void res.end(page));
    expect((await checked(tls.url)).told.diagnosis.causes[0].cause).toBe('certificate-self-signed');
    expect((await checked(tls.url, '--insecure')).told.result.outcome.verdict).toBe('up');
  });
  test('the origin is asked as well when the URL fails', async () => {
    await using bad = await startTarget((_, res) => res.writeHead(502).end());
    await using good = await startTarget((_, res) => void res.end(page));
    const { told } = await checked(bad.url, '--origin', good.url);
    expect(told.result.details.twin).toMatchObject({ verdict: 'good' });
  });
  test('method, header, timeout and what counts as up are as asked', async () => {
    await using server = await startTarget((req, res) => {
      if (req.url === '/slow') return;
      res.writeHead(404, { 'x-method': req.method ?? '', 'x-own': req.headers['x-own'] ?? '' }).end();
    });
    const { code, told } = await checked(server.url, '--method', 'HEAD', '--header', 'X-Own: 1', '--expect', '404');
    expect([code, told.result.outcome.verdict]).toEqual([1, 'up']);
    expect(Object.fromEntries(told.evidence.headers)).toMatchObject({ 'x-method': 'HEAD', 'x-own': '1' });
    const slow = await checked(`${server.url}/slow`, '--timeout', '0.3');
    expect(slow.told.result.outcome.failure.kind).toBe('timeout');
  });
});

test('private addresses are refused unless a range is opened', async () => {
  const { code, text } = await check(['http://127.0.0.1:1/', '--json']);
  expect(code).toBe(1);
  expect(JSON.parse(text).result.outcome.failure.code).toBe('ADDRESS_DENIED');
  expect((await check(['http://127.0.0.1:1/'])).text).toContain('--allow');
});

test('people read who, why and what to do, and no command of a terminal gets through', async () => {
  await using server = await startRawTarget(
    (socket) =>
      void socket.once('data', () =>
        socket.end(
          `HTTP/1.1 502 Bad\u{1b}[31m\r\nServer: nginx\r\nContent-Type: text/html\r\nContent-Length: ${nginx502.length}\r\n\r\n${nginx502}`,
        ),
      ),
  );
  const { text: out } = await check([server.url, ...here]);
  for (const part of ['is down: HTTP 502', 'wrote the answer   nginx', 'Seen:', 'First: ', 'Then: ', 'disprove'])
    expect(out).toContain(part);
  expect(out).not.toContain('\u{1b}');
});

describe('a wrong command line ends with 2 and is told in words', () => {
  test.each([
    [[], 'which URL?'],
    [['shop.example'], 'begins with http:// or https://'],
    [['http://a.example/', 'http://b.example/'], 'one URL at a time'],
    [['http://a.example/', '--allow', '10.0.0.0/99'], 'is not a CIDR range'],
    [['http://a.example/', '--timeout', '0'], '--timeout is a number'],
    [['http://a.example/', '--method', 'BREW'], '--method is one of'],
    [['http://a.example/', '--header', 'no colon'], '--header is written'],
    [['http://a.example/', '--header', 'Host: b'], 'set by the check itself'],
    [['http://a.example/', '--expect', '2xx'], '--expect is written'],
    [['http://a.example/', '--nonsense'], 'nonsense'],
  ])('%j', (args, words) => expect(() => parseCheck(args)).toThrow(words));
  test('through the shell', async () => {
    const { code, out, err } = await farwatch(['check']);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('which URL?');
    const down = await farwatch(['check', `http://127.0.0.1:${await freePort()}/`, '--json', ...here]);
    expect([down.code, JSON.parse(down.out).result.outcome.verdict]).toEqual([1, 'down']);
    expect((await check(['--help'])).text).toContain('farwatch check URL');
  });
  test('a password is not repeated', () => {
    expect(() => parseCheck(['http://user:hidden@a.example/'])).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('hidden') }),
    );
  });
  test('a credential is kept as a secret', () => {
    expect(parseCheck(['http://a.example/', '-H', 'Authorization: Bearer x', '-H', 'X-A: 1'])).toMatchObject({
      request: { secret: { name: 'Authorization', value: 'Bearer x' }, headers: { 'X-A': '1' } },
    });
  });
});
