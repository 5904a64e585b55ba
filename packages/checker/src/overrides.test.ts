import { createServer as createV6 } from 'node:http';
import { gzipSync } from 'node:zlib';
import { freePort, startNameServer, startTarget, startTlsTarget } from '@farwatch/testkit';
import { describe, expect, test } from 'vitest';
import { lookAt, loopback, said } from './look.fixture.ts';

const rules = { allowCidrs: ['127.0.0.0/8', '::1/128'] };

describe('what a look is told of its connection', () => {
  test('a Host of its own is sent to the URL’s own origin alone', async () => {
    const hosts: unknown[] = [];
    await using other = await startTarget(({ headers }, res) => res.end(String(hosts.push(headers.host))));
    await using target = await startTarget(({ headers, url }, res) => {
      hosts.push(headers.host);
      res.writeHead(302, { location: url === '/' ? '/again' : other.url }).end();
    });
    expect(said(await lookAt(`${target.url}/`, { hostHeader: 'shop.example' }))).toBe('up');
    expect(hosts).toEqual(['shop.example', 'shop.example', `127.0.0.1:${other.port}`]);
  });
  test('a server name of its own is asked for, and is what the certificate must be made for', async () => {
    const names: unknown[] = [];
    await using target = await startTlsTarget((_, res) => res.end(), {
      certificate: { hosts: ['shop.example'] },
      tls: {
        SNICallback: (name, done) => {
          names.push(name);
          done(null);
        },
      },
    });
    const tlsOf = async (serverName: string | null) =>
      (await lookAt(target.url, { serverName, verifyTls: false })).details.hops[0]?.tls;
    expect((await tlsOf('shop.example'))?.certificate?.names).toEqual(['DNS:shop.example']);
    await tlsOf(null); // an address is never asked for by name
    expect(names).toEqual(['shop.example']);
  });
  test('resolvers of its own are asked instead of the machine’s, and judged like any address', async () => {
    await using names = await startNameServer(() => ['127.0.0.1']);
    await using target = await startTarget((_, res) => res.end());
    const url = `http://only-there.example:${target.port}/`;
    expect(said(await lookAt(url, { resolvers: [names.server] }))).toBe('up');
    expect(names.asked().length).toBeGreaterThan(0);
    const asked = names.asked().length;
    for (const resolver of ['10.0.0.53', '169.254.169.254', '[fd00::1]:53', '1.1.1.1:8080', 'dns.example', '1.1.1.1:0'])
      expect(said(await lookAt(url, { resolvers: [resolver] }))).toBe('dns:RESOLVER_DENIED');
    expect(said(await lookAt(url, { resolvers: [names.server] }, { allowCidrs: [] }))).toBe('dns:RESOLVER_DENIED');
    expect(names.asked().length).toBe(asked);
  });
});

describe('one address family', () => {
  test('is the only one that is dialled', async () => {
    await using names = await startNameServer(() => ['127.0.0.1', '::1']);
    await using four = await startTarget((_, res) => res.end('four'));
    const url = `http://both.example:${four.port}/`;
    const told = { ...rules, dnsServers: [names.server] };
    expect(await lookAt(url, { family: 'ipv4' }, told)).toMatchObject({
      outcome: { verdict: 'up' },
      remoteAddress: '127.0.0.1',
    });
    expect(said(await lookAt(url, { family: 'ipv6' }, told))).toBe('connect:ECONNREFUSED');
    const either = await lookAt(url, {}, told);
    expect(said(either)).toBe('up');
    expect(either.details.hops[0]?.tried).toMatchObject([
      { address: '::1', code: 'ECONNREFUSED' },
      { address: '127.0.0.1', code: null },
    ]);
  });
  test('is reached over IPv6 too', async () => {
    const six = createV6((_, res) => res.end('six'));
    const port = await freePort();
    await new Promise<void>((resolve) => six.listen(port, '::1', resolve));
    try {
      expect(await lookAt(`http://[::1]:${port}/`, { family: 'ipv6' }, rules)).toMatchObject({ remoteAddress: '::1' });
      expect(said(await lookAt(`http://[::1]:${port}/`, { family: 'ipv4' }, rules))).toBe('dns:ENODATA');
    } finally {
      six.close();
    }
  });
  test('without an address is a failure of DNS', async () => {
    await using names = await startNameServer(() => ['127.0.0.1']);
    const told = { ...rules, dnsServers: [names.server] };
    expect(said(await lookAt('http://four.example/', { family: 'ipv6' }, told))).toBe('dns:ENODATA');
  });
});

describe('the origin behind a URL that fails', () => {
  test('is asked the same at once, by the same Host, and its answer stands beside', async () => {
    const asked: unknown[] = [];
    await using edge = await startTarget((_, res) => res.writeHead(502).end('edge'));
    await using origin = await startTarget(({ method, url, headers }, res) => {
      asked.push([method, url, headers.host, headers['x-key']]);
      res.writeHead(200, { server: 'nginx' }).end('fine');
    });
    const secret = { name: 'X-Key', value: 'very-secret-value' };
    const answer = await lookAt(`${edge.url}/cart?a=b`, { origin: origin.url, secret });
    expect(said(answer)).toBe('502');
    expect(asked).toEqual([['GET', '/cart?a=b', `127.0.0.1:${edge.port}`, 'very-secret-value']]);
    expect(answer.details.twin).toMatchObject({
      ...{ origin: origin.url, verdict: 'good', reason: null, bodyBase64: Buffer.from('fine').toString('base64') },
      hop: { status: 200, address: '127.0.0.1', phases: { firstByteMs: expect.any(Number) } },
    });
  });
  test('may be as bad, or not answer', async () => {
    await using edge = await startTarget((_, res) => res.writeHead(504).end());
    await using origin = await startTarget((_, res) => res.writeHead(500).end());
    const twinOf = async (url: string) => (await lookAt(edge.url, { origin: url })).details.twin;
    expect(await twinOf(origin.url)).toMatchObject({ verdict: 'bad', reason: 'HTTP 500' });
    expect(await twinOf(`http://127.0.0.1:${await freePort()}`)).toMatchObject({
      verdict: 'bad',
      reason: 'connect error (ECONNREFUSED)',
    });
  });
  test('over TLS may show a certificate of its own', async () => {
    await using edge = await startTarget((_, res) => res.writeHead(504).end());
    await using origin = await startTlsTarget((_, res) => res.end(), { certificate: { hosts: ['origin.internal'] } });
    const { twin } = (await lookAt(edge.url, { origin: origin.url })).details;
    expect(twin).toMatchObject({ verdict: 'good', hop: { tls: { error: expect.any(String) } } });
  });
  test('is judged by the same rules, and left alone while the URL is well', async () => {
    await using edge = await startTarget(({ url }, res) => res.writeHead(url === '/bad' ? 502 : 200).end());
    await using origin = await startTarget((_, res) => res.end());
    const inside = { allowCidrs: ['127.0.0.1/32'] };
    expect((await lookAt(edge.url, { origin: origin.url }, inside)).details.twin).toBeUndefined();
    const { twin } = (await lookAt(`${edge.url}/bad`, { origin: 'http://169.254.169.254/' }, inside)).details;
    expect(twin).toMatchObject({ verdict: 'bad', reason: 'connect error (ADDRESS_DENIED)', hop: { address: null } });
    expect(origin.connections()).toBe(0);
  });
});

describe('the hops of a look', () => {
  test('are told each with its phases, which add up to the whole, and without secrets', async () => {
    await using target = await startTarget(({ url }, res) => {
      if (url === '/end') res.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('there'));
      else res.writeHead(301, { location: '/end' }).end();
    });
    const { details, totalMs } = await lookAt(`${target.url}/?token=s3cr3t-value`, {}, loopback);
    expect(details.hops).toMatchObject([
      { url: `${target.url}/?token=[redacted]`, status: 301, httpVersion: '1.1' },
      { url: `${target.url}/end`, status: 200, decodedBytes: 5, coding: 'gzip' },
    ]);
    const lengths = details.hops.flatMap(({ phases }) => Object.values(phases).map((ms) => ms ?? 0));
    expect(Math.abs(lengths.reduce((sum, ms) => sum + ms, 0) - totalMs)).toBeLessThan(1);
    expect(details.hops[0]?.phases.requestMs).toBeGreaterThan(0);
  });
  test('show no log-in that a server repeats in where it leads', async () => {
    await using target = await startTarget(({ url, headers }, res) => {
      if (url?.startsWith('/back') === true) res.end();
      else res.writeHead(302, { location: `/back/${headers['x-key']}` }).end();
    });
    const { details } = await lookAt(target.url, { secret: { name: 'x-key', value: 'very-secret-value' } });
    expect(details.hops[1]?.url).toContain('/back/');
    expect(JSON.stringify(details)).not.toContain('very-secret-value');
  });
  test('of an HTTP/1.0 server say so', async () => {
    await using target = await startTarget(({ socket }) => void socket.end('HTTP/1.0 200 OK\r\n\r\nhi'));
    expect((await lookAt(target.url)).details.hops).toMatchObject([{ httpVersion: '1.0', wireBytes: 2 }]);
  });
});
