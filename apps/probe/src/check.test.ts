import { setDefaultCACertificates } from 'node:tls';
import { look } from '@farwatch/checker';
import { CheckResultSchema } from '@farwatch/contracts';
import { selfMadeCertificate, startTarget, startTlsTarget } from '@farwatch/testkit';
import { Compile } from 'typebox/compile';
import { describe, expect, test } from 'vitest';
import { missedResult, openCheck } from './check.ts';
import { assignment, monitorId } from './probe.fixture.ts';

const wire = Compile(CheckResultSchema);
const settings = {
  ...{ region: 'fra', userAgent: 'Farwatch/0.1', dialRules: { allowCidrs: ['127.0.0.0/8'] } },
  ...{ now: Date.now, isLost: async () => false, isDeaf: async () => false },
};
const root = selfMadeCertificate({ commonName: 'Farwatch test root', hosts: [] });
const issuer = { ...root, commonName: 'Farwatch test root' };
setDefaultCACertificates([root.cert]); // before the first handshake makes the shared context
const check = openCheck({ ...settings, look });

describe('a check', () => {
  test('an answer cut off in the body is down although its status was 200', async () => {
    await using target = await startTarget((_, res) => {
      res.writeHead(200, { 'content-length': 100 });
      res.write('half', () => res.destroy());
    });
    const seen = await check(assignment(1, { url: target.url }), 1_000, 'schedule');
    expect(seen.outcome).toMatchObject({ verdict: 'down', failure: { kind: 'network', phase: 'protocol' } });
    expect(wire.Check(seen)).toBe(true);
  });
  test('says which monitor, region, trigger and slot it is for', async () => {
    await using target = await startTarget((_, res) => res.writeHead(502).end());
    const seen = await check(assignment(7, { url: target.url }), 1_234, 'confirmation');
    expect(seen).toMatchObject({
      monitorId: monitorId(7),
      region: 'fra',
      family: 'any',
      trigger: 'confirmation',
      scheduledAt: 1_234,
    });
    expect(wire.Check(seen)).toBe(true);
  });
  test('over TLS says when the certificate ends, also one that was refused because it has', async () => {
    const notAfter = Date.UTC(2026, 0, 31, 12, 30, 15);
    const expired = { issuer, notBefore: notAfter - 86_400_000, notAfter };
    await using target = await startTlsTarget((_, res) => res.end(), { certificate: expired });
    const seen = await check(assignment(1, { url: target.url }), 1_000, 'schedule');
    expect(seen).toMatchObject({ outcome: { failure: { code: 'CERT_HAS_EXPIRED' } }, certificateEndsAt: notAfter });
    expect(wire.Check(seen)).toBe(true);
  });
  test('whose certificate ended before the epoch is told without an end, and keeps its verdict', async () => {
    const ancient = { issuer, notBefore: Date.UTC(1960), notAfter: Date.UTC(1961) };
    await using target = await startTlsTarget((_, res) => res.end(), { certificate: ancient });
    const seen = await check(assignment(1, { url: target.url }), 1_000, 'schedule');
    expect(seen).toMatchObject({ outcome: { failure: { code: 'CERT_HAS_EXPIRED' } }, certificateEndsAt: null });
  });
  test('what an older probe sent, without a word of certificates, still is a result', async () => {
    await using target = await startTarget((_, res) => res.end());
    const { certificateEndsAt, ...older } = await check(assignment(1, { url: target.url }), 1_000, 'schedule');
    expect(certificateEndsAt).toBeNull();
    expect(wire.Check(older)).toBe(true);
  });
  test('what would break the contract loses its evidence, and then its vote, not its batch', async () => {
    const answer = await look({ ...assignment(1, { url: 'http://[' }), userAgent: 'x' }, settings.dialRules);
    const headers = Array.from({ length: 2_000 }, () => ['x', 'y'] as const);
    const evidence = { url: 'http://x/', status: 502, reason: null, headers, bodyBase64: '', bodyTruncated: false };
    const odd = openCheck({ ...settings, look: async () => ({ ...answer, evidence }) });
    expect(await odd(assignment(1), 1, 'schedule')).not.toHaveProperty('evidence');
    const broken = openCheck({ ...settings, look: async () => ({ ...answer, totalMs: -1 }) });
    const seen = await broken(assignment(1), 1, 'schedule');
    expect(seen.outcome.verdict).toBe('inconclusive');
    expect(wire.Check(seen)).toBe(true);
  });
  test.each(['half a \ud83d', 'a\0b'])('evidence the database would not take is dropped: %j', async (reason) => {
    const answer = await look({ ...assignment(1, { url: 'http://[' }), userAgent: 'x' }, settings.dialRules);
    const evidence = { url: 'http://x/', status: 502, reason, headers: [], bodyBase64: '', bodyTruncated: false };
    const odd = openCheck({ ...settings, look: async () => ({ ...answer, evidence }) });
    expect(await odd(assignment(1), 1, 'schedule')).not.toHaveProperty('evidence');
  });
  test('that was missed is a result too', () => {
    const seen = missedResult(
      { monitorId: monitorId(1), region: 'fra', family: 'ipv6', scheduledAt: 1_000 },
      'overload',
      32_000,
    );
    expect(seen).toMatchObject({
      outcome: { verdict: 'missed', reason: 'overload' },
      scheduledAt: 1_000,
      family: 'ipv6',
      trigger: 'schedule',
    });
    expect(wire.Check(seen)).toBe(true);
  });
});
