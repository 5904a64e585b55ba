import { freePort, startRawTarget, startTarget } from '@farwatch/testkit';
import { describe, expect, test } from 'vitest';
import { lookAt, phaseSum, said } from './look.fixture.ts';

describe('a whole answer', () => {
  test('is up, with its status, size, address and phases that add up', async () => {
    await using target = await startTarget((_, res) => res.end('hello'));
    const answer = await lookAt(target.url);
    expect(answer).toMatchObject({ outcome: { verdict: 'up' }, status: 200, bytes: 5, remoteAddress: '127.0.0.1' });
    expect(answer.phases).toMatchObject({ dnsMs: null, tlsMs: null, downloadMs: expect.any(Number) });
    expect(Math.abs(phaseSum(answer) - answer.totalMs)).toBeLessThan(1);
    expect(answer).not.toHaveProperty('evidence');
  });
  test('that is 502 is down, and its headers and body are kept', async () => {
    await using target = await startTarget((_, res) =>
      res.writeHead(502, { server: 'nginx' }).end('<h1>Bad Gateway</h1>'),
    );
    const answer = await lookAt(`${target.url}/x`);
    expect(answer.outcome).toEqual({ verdict: 'down', failure: { kind: 'status', status: 502 } });
    expect(answer.evidence).toMatchObject({ url: `${target.url}/x`, status: 502, reason: 'Bad Gateway' });
    expect(answer.evidence?.headers).toContainEqual(['server', 'nginx']);
    expect(Buffer.from(answer.evidence?.bodyBase64 ?? '', 'base64').toString()).toBe('<h1>Bad Gateway</h1>');
  });
  test('is judged by the statuses that are expected', async () => {
    await using target = await startTarget((_, res) => res.writeHead(404).end());
    expect(said(await lookAt(target.url, { expectedStatuses: '200,404' }))).toBe('up');
    expect(said(await lookAt(target.url, { expectedStatuses: '200-299' }))).toBe('404');
  });
  test('comes over a connection of its own, asked for by name and with the codings of a browser', async () => {
    const asked: unknown[] = [];
    await using target = await startTarget(({ method, url, headers }, res) => {
      asked.push({ method, url, ...headers });
      res.end();
    });
    await lookAt(`${target.url}/a?b=c`, { method: 'HEAD' });
    await lookAt(`${target.url}/a?b=c#d`);
    const common = {
      url: '/a?b=c',
      'user-agent': 'Farwatch/0.1 (+https://farwatch.dev/probe)',
      'accept-encoding': 'gzip, deflate, br, zstd',
    };
    expect(asked).toMatchObject([
      { ...common, method: 'HEAD' },
      { ...common, method: 'GET' },
    ]);
    expect(target.connections()).toBe(2);
  });
  test('without an end is read up to a mebibyte and judged by its status', async () => {
    await using target = await startTarget((_, res) => {
      const more = (): void => {
        while (!res.destroyed && res.write(Buffer.alloc(65_536)));
      };
      res.on('drain', more).writeHead(500);
      more();
    });
    const answer = await lookAt(target.url);
    expect(said(answer)).toBe('500');
    expect(answer.bytes).toBeGreaterThanOrEqual(1_048_576);
    expect(answer.bytes).toBeLessThan(1_300_000);
    expect(Buffer.from(answer.evidence?.bodyBase64 ?? '', 'base64')).toHaveLength(65_536);
    expect(answer.evidence?.bodyTruncated).toBe(true);
  });
});

describe('a broken answer', () => {
  test('cut off in the body is down although its status was 200, and what came is kept', async () => {
    await using target = await startTarget((_, res) => {
      res.writeHead(200, { 'content-length': 100 });
      res.write('half', () => res.destroy());
    });
    const answer = await lookAt(target.url);
    expect(said(answer)).toMatch(/^protocol:(CUT_BODY|ECONNRESET)$/u);
    expect(answer).toMatchObject({ status: 200, bytes: 4, evidence: { status: 200, bodyBase64: 'aGFsZg==' } });
  });
  test.each([
    [
      'a chunked body that ends early',
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhel',
      'protocol:CUT_BODY',
    ],
    ['no answer at all', '', 'protocol:EMPTY_ANSWER'],
    ['half a head', 'HTTP/1.1 200 OK\r\nserver: ngi', 'protocol:CUT_HEAD'],
    ['garbage', 'SSH-2.0-OpenSSH_9.6\r\n', 'protocol:INVALID_HTTP'],
    [
      'a switch of protocols nobody asked for',
      'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
      'protocol:UNEXPECTED_UPGRADE',
    ],
    ['a head beyond 64 KiB', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(70_000)}\r\n\r\n`, 'protocol:HEADERS_TOO_LARGE'],
  ])('%s is down in phase protocol', async (_, bytes, code) => {
    await using target = await startRawTarget((socket) => socket.once('data', () => socket.end(bytes)));
    expect(said(await lookAt(target.url))).toBe(code);
  });
  test('a body without a length that is reset is cut, not complete', async () => {
    await using target = await startRawTarget((socket) =>
      socket.once('data', () =>
        socket.write('HTTP/1.1 200 OK\r\n\r\nhalf', () => setTimeout(() => socket.resetAndDestroy(), 20)),
      ),
    );
    expect(said(await lookAt(target.url))).toBe('protocol:ECONNRESET');
  });
  test('interim answers are passed over', async () => {
    const bytes = 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';
    await using target = await startRawTarget((socket) => socket.once('data', () => socket.end(bytes)));
    expect(await lookAt(target.url)).toMatchObject({ outcome: { verdict: 'up' }, status: 200, bytes: 2 });
  });
  test('headers up to 64 KiB are read', async () => {
    const bytes = `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(60_000)}\r\ncontent-length: 0\r\n\r\n`;
    await using target = await startRawTarget((socket) => socket.once('data', () => socket.end(bytes)));
    expect(said(await lookAt(target.url))).toBe('up');
  });
});

describe('the timeout ends the whole look', () => {
  const within = { timeoutMs: 300 };
  test.each<[string, Parameters<typeof startRawTarget>[0]]>([
    ['silence after the connection', () => undefined],
    [
      'an endless row of interim answers',
      (socket) => {
        const timer = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'), 10);
        socket.on('close', () => clearInterval(timer));
      },
    ],
    [
      'a body that drips',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        const timer = setInterval(() => socket.write('.'), 10);
        socket.on('close', () => clearInterval(timer));
      },
    ],
  ])('%s', async (_, misbehave) => {
    await using target = await startRawTarget((socket) => socket.once('data', () => misbehave(socket)));
    const answer = await lookAt(target.url, within);
    expect(answer.outcome).toEqual({ verdict: 'down', failure: { kind: 'timeout', afterMs: 300 } });
    expect(answer.totalMs).toBeGreaterThanOrEqual(299);
    expect(answer.totalMs).toBeLessThan(1_300);
  });
  test('redirects that each stay below it do not outlive it together', async () => {
    await using target = await startTarget((_, res) =>
      setTimeout(() => res.writeHead(302, { location: '/' }).end(), 100),
    );
    const answer = await lookAt(target.url, within);
    expect(said(answer)).toBe('timeout');
    expect(answer.totalMs).toBeLessThan(1_300);
  });
});

describe('redirects', () => {
  test('are followed to the answer that counts', async () => {
    await using target = await startTarget(({ url }, res) => {
      if (url === '/end') res.end('there');
      else res.writeHead(301, { location: 'end' }).end('moved');
    });
    expect(await lookAt(target.url)).toMatchObject({ outcome: { verdict: 'up' }, status: 200, bytes: 5 });
  });
  test('in a loop end in a failure that keeps the last one', async () => {
    await using target = await startTarget((_, res) => res.writeHead(302, { location: '/again' }).end());
    const answer = await lookAt(target.url, { maxRedirects: 3 });
    expect(said(answer)).toBe('protocol:TOO_MANY_REDIRECTS');
    expect(answer.evidence?.headers).toContainEqual(['location', '/again']);
    expect(target.connections()).toBe(4);
  });
  test('that may not be followed are answers like any other', async () => {
    await using target = await startTarget((_, res) =>
      res.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
    );
    expect(await lookAt(target.url, { maxRedirects: 0 })).toMatchObject({ outcome: { verdict: 'up' }, status: 302 });
  });
  test.each([
    ['http://169.254.169.254/latest/meta-data/', 'connect:ADDRESS_DENIED'],
    ['http://[::1]:80/', 'connect:ADDRESS_DENIED'],
    ['http://10.0.0.1/', 'connect:ADDRESS_DENIED'],
    ['file:///etc/passwd', 'protocol:INVALID_REDIRECT'],
    ['http://', 'protocol:INVALID_REDIRECT'],
  ])('to %s are refused, and the redirect is the evidence', async (location, code) => {
    await using target = await startTarget((_, res) => res.writeHead(302, { location }).end());
    const answer = await lookAt(target.url);
    expect(said(answer)).toBe(code);
    expect(answer.evidence).toMatchObject({ status: 302 });
  });
});

describe('no connection', () => {
  test('refused', async () => {
    const answer = await lookAt(`http://127.0.0.1:${await freePort()}/`);
    expect(said(answer)).toBe('connect:ECONNREFUSED');
    expect(answer).toMatchObject({
      status: null,
      bytes: null,
      phases: { connectMs: expect.any(Number), firstByteMs: null },
    });
  });
  test('reset as soon as it stands', async () => {
    await using target = await startRawTarget((socket) => socket.resetAndDestroy());
    expect(said(await lookAt(target.url))).toMatch(/^(protocol|connect):(ECONNRESET|EPIPE|EMPTY_ANSWER)$/u);
  });
  test('to an address that is not opened, nothing is ever dialled', async () => {
    await using target = await startTarget((_, res) => res.end());
    expect(said(await lookAt(target.url, {}, { allowCidrs: [] }))).toBe('connect:ADDRESS_DENIED');
    expect(target.connections()).toBe(0);
  });
  test('to a denied port, nothing is ever dialled', async () => {
    expect(said(await lookAt('http://1.1.1.1:6379/', {}, { allowCidrs: [] }))).toBe('connect:PORT_DENIED');
  });
  test('a URL that is none is a failure, not a crash', async () => {
    expect(said(await lookAt('http://['))).toBe('protocol:INVALID_URL');
  });
});
