import { setDefaultCACertificates } from 'node:tls';
import { selfMadeCertificate, startNameServer, startRawTarget, startTarget, startTlsTarget } from '@farwatch/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lookAt, loopback, phaseSum, said } from '../look.fixture.ts';

const root = selfMadeCertificate({ commonName: 'Farwatch test root', hosts: [] });
const issuer = { ...root, commonName: 'Farwatch test root' };
const day = 86_400_000;

let names: Awaited<ReturnType<typeof startNameServer>>;
beforeAll(async () => {
  setDefaultCACertificates([root.cert]); // before the first handshake makes the shared context
  names = await startNameServer(() => ['127.0.0.1']);
});
afterAll(() => names[Symbol.asyncDispose]());

const byName = (name: string, port: number) =>
  lookAt(`https://${name}:${port}/`, {}, { ...loopback, dnsServers: [names.server] });

describe('a certificate', () => {
  test('that is good is up, with a time for the handshake', async () => {
    await using target = await startTlsTarget((_, res) => res.end('hi'), { certificate: { issuer } });
    const answer = await lookAt(target.url);
    expect(said(answer)).toBe('up');
    expect(answer.phases.tlsMs).toBeGreaterThan(0);
    expect(Math.abs(phaseSum(answer) - answer.totalMs)).toBeLessThan(1);
  });
  test('is asked for by name, and the name must be in it', async () => {
    await using target = await startTlsTarget((_, res) => res.end(), {
      certificate: { issuer, hosts: ['shop.example', '*.wild.example'] },
    });
    expect(said(await byName('shop.example', target.port))).toBe('up');
    expect(said(await byName('shop.example.', target.port))).toBe('up');
    expect(said(await byName('a.wild.example', target.port))).toBe('up');
    expect(said(await byName('a.b.wild.example', target.port))).toBe('tls:ERR_TLS_CERT_ALTNAME_INVALID');
    expect(said(await byName('other.example', target.port))).toBe('tls:ERR_TLS_CERT_ALTNAME_INVALID');
  });
  test.each([
    ['expired', { issuer, notAfter: Date.now() - day, notBefore: Date.now() - 2 * day }],
    ['signed by itself', {}],
    ['made for another host', { issuer, hosts: ['other.example'] }],
  ])('that is %s is no failure where nobody wants it verified, and its end is told', async (_, certificate) => {
    await using target = await startTlsTarget((__, res) => res.end(), { certificate });
    const answer = await lookAt(target.url, { verifyTls: false });
    expect(said(answer)).toBe('up');
    expect(answer.certificateEndsAt).toEqual(expect.any(Number));
    expect(said(await lookAt(target.url))).toMatch(/^tls:/u);
  });
  test('with only a common name is as bad as browsers say', async () => {
    await using target = await startTlsTarget((_, res) => res.end(), {
      certificate: { issuer, commonName: 'shop.example', hosts: [] },
    });
    expect(said(await byName('shop.example', target.port))).toBe('tls:ERR_TLS_CERT_ALTNAME_INVALID');
  });
  test.each([
    ['expired', { issuer, notAfter: Date.now() - day, notBefore: Date.now() - 2 * day }, 'CERT_HAS_EXPIRED'],
    ['not yet valid', { issuer, notBefore: Date.now() + day, notAfter: Date.now() + 2 * day }, 'CERT_NOT_YET_VALID'],
    ['signed by itself', {}, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    [
      'from an issuer nobody knows',
      { issuer: { ...selfMadeCertificate({ commonName: 'stranger' }), commonName: 'stranger' } },
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ],
  ])('that is %s is down in phase tls', async (_, certificate, code) => {
    await using target = await startTlsTarget((_request, res) => res.end(), { certificate });
    const answer = await lookAt(target.url);
    expect(said(answer)).toBe(`tls:${code}`);
    expect(answer).toMatchObject({ status: null, remoteAddress: '127.0.0.1', phases: { firstByteMs: null } });
  });
});

describe('the end of a certificate', () => {
  const soon = Math.floor(Date.now() / 1_000) * 1_000 + 3 * day;
  const [gone, began] = [soon - 4 * day, soon - 40 * day];
  const endsAt = async (certificate: Parameters<typeof selfMadeCertificate>[0]) => {
    await using target = await startTlsTarget((_, res) => res.writeHead(502).end(), { certificate: certificate ?? {} });
    const answer = await lookAt(target.url);
    return [said(answer), answer.certificateEndsAt];
  };
  test('is told with every answer over TLS, a bad status too', async () => {
    expect(await endsAt({ issuer, notAfter: soon })).toEqual(['502', soon]);
    const far = Date.UTC(9999, 11, 31, 23, 59, 59);
    expect(await endsAt({ issuer, notAfter: far })).toEqual(['502', far]);
  });
  test('is told of one that was refused because it has ended', async () => {
    expect(await endsAt({ issuer, notBefore: began, notAfter: gone })).toEqual(['tls:CERT_HAS_EXPIRED', gone]);
  });
  test('is nothing to go by when the certificate was refused for anything else: it may be another site’s', async () => {
    expect(await endsAt({ notAfter: soon })).toEqual(['tls:DEPTH_ZERO_SELF_SIGNED_CERT', null]);
    expect(await endsAt({ issuer, hosts: ['other.example'] })).toEqual(['tls:ERR_TLS_CERT_ALTNAME_INVALID', null]);
  });
  test('is that of the last hop', async () => {
    await using plain = await startTarget((_, res) => res.end('hi'));
    await using last = await startTlsTarget((_, res) => res.end(), { certificate: { issuer, notAfter: soon } });
    const to = (url: string) =>
      startTlsTarget((_, res) => res.writeHead(302, { location: url }).end(), { certificate: { issuer } });
    await using toLast = await to(last.url);
    await using toPlain = await to(plain.url);
    expect((await lookAt(toLast.url)).certificateEndsAt).toBe(soon);
    expect(await lookAt(toPlain.url)).toMatchObject({ outcome: { verdict: 'up' }, certificateEndsAt: null });
  });
  test('is null where there was no TLS, no handshake or no server', async () => {
    await using plain = await startTarget((_, res) => res.end('hi'));
    await using mute = await startRawTarget((socket) => socket.once('data', () => socket.end()));
    expect((await lookAt(plain.url)).certificateEndsAt).toBeNull();
    expect((await lookAt(mute.url.replace('http:', 'https:'))).certificateEndsAt).toBeNull();
    expect((await lookAt('https://127.0.0.1:1/')).certificateEndsAt).toBeNull();
  });
});

describe('a handshake', () => {
  const https = (url: string): string => url.replace('http:', 'https:');
  test('with a server that asks for a client certificate is down', async () => {
    await using target = await startTlsTarget((_, res) => res.end(), {
      certificate: { issuer },
      tls: { requestCert: true, rejectUnauthorized: true },
    });
    expect(said(await lookAt(target.url))).toMatch(/^(tls|protocol):/u);
  });
  test('with a server of old protocols only is down in phase tls', async () => {
    await using target = await startTlsTarget((_, res) => res.end(), {
      certificate: { issuer },
      tls: { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' },
    });
    expect(said(await lookAt(target.url))).toMatch(/^tls:(ERR_SSL_\w+|ECONNRESET)$/u);
  });
  test.each<[string, Parameters<typeof startRawTarget>[0], RegExp]>([
    ['plain HTTP', (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), /^tls:ERR_SSL_\w+$/u],
    ['garbage', (socket) => socket.end('A'.repeat(100)), /^tls:ERR_SSL_\w+$/u],
    ['a close', (socket) => socket.end(), /^tls:ECONNRESET$/u],
    ['a reset', (socket) => socket.resetAndDestroy(), /^tls:ECONNRESET$/u],
    ['silence', () => undefined, /^timeout$/u],
  ])('answered by %s is down in phase tls', async (_, misbehave, code) => {
    await using target = await startRawTarget((socket) => socket.once('data', () => misbehave(socket)));
    const answer = await lookAt(https(target.url), { timeoutMs: 500 });
    expect(said(answer)).toMatch(code);
    expect(answer.phases.tlsMs).toBeGreaterThan(0);
    expect(answer.phases.firstByteMs).toBeNull();
  });
});
