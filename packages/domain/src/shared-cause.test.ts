import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Symptoms, sharedCause } from './shared-cause.ts';

const symptomsOf = (incidentId: string, over: Partial<Symptoms> = {}): Symptoms => ({
  incidentId,
  partOf: null,
  startedAt: 100_000,
  openedAt: 102_000,
  cause: { kind: 'status', status: 502 },
  host: `${incidentId}.example`,
  port: '',
  domain: `${incidentId}.example`,
  addresses: [],
  certificateEndsAt: null,
  ...over,
});
const dns = { kind: 'network', phase: 'dns', code: 'SERVFAIL' } as const;
const tls = { kind: 'network', phase: 'tls', code: 'CERT_HAS_EXPIRED' } as const;

test.each<[string, Partial<Symptoms>, Partial<Symptoms>, string | null]>([
  ['one host', { host: 'shop.test' }, { host: 'shop.test' }, 'host shop.test'],
  ['one host, other ports', { host: 'shop.test', port: '81' }, { host: 'shop.test' }, 'host shop.test'],
  ['one address', { addresses: ['192.0.2.1', '192.0.2.7'] }, { addresses: ['192.0.2.7'] }, 'address 192.0.2.7'],
  [
    'one certificate',
    { cause: tls, domain: 'a.test', certificateEndsAt: 0 },
    { cause: tls, domain: 'a.test', certificateEndsAt: 0 },
    'certificate a.test, until 1970-01-01T00:00:00.000Z',
  ],
  [
    'a certificate that was not the trouble',
    { domain: 'a.test', certificateEndsAt: 0 },
    { domain: 'a.test', certificateEndsAt: 0 },
    null,
  ],
  ['one name server', { cause: dns, domain: 'a.test' }, { cause: dns, domain: 'a.test' }, 'name-server a.test'],
  [
    'names that fail in other ways',
    { cause: dns, domain: 'a.test' },
    { cause: { ...dns, code: 'ENOTFOUND' }, domain: 'a.test' },
    null,
  ],
  ['no domain is no name server', { cause: dns, domain: null }, { cause: dns, domain: null }, null],
  ['nothing', {}, {}, null],
  ['one host, more than a minute apart', { host: 'shop.test', startedAt: 160_001 }, { host: 'shop.test' }, null],
  ['one host, a minute apart', { host: 'shop.test', startedAt: 40_000 }, { host: 'shop.test' }, 'host shop.test'],
  ['every machine’s own address', { addresses: ['127.0.0.1'] }, { addresses: ['127.0.0.1'] }, null],
  ['one’s own host, other ports', { host: '127.0.0.1', port: '81' }, { host: '127.0.0.1', port: '82' }, null],
  [
    'one’s own host and port',
    { host: '127.0.0.1', port: '81' },
    { host: '127.0.0.1', port: '81' },
    'host 127.0.0.1:81',
  ],
])('%s', (_, a, b, expected) => {
  const found = sharedCause(symptomsOf('new', a), [symptomsOf('old', b)]);
  expect(found === null ? null : `${found.because} ${found.shared}`).toBe(expected);
});

test('the first to open is the root, also by way of one that is part of it; the closest tie wins', () => {
  const host = { host: 'shop.test' };
  const open = [
    symptomsOf('second', { ...host, openedAt: 105_000, partOf: 'first' }),
    symptomsOf('first', { ...host, openedAt: 103_000 }),
    symptomsOf('near', { addresses: ['192.0.2.1'], openedAt: 101_000 }),
  ];
  expect(sharedCause(symptomsOf('new', { ...host, addresses: ['192.0.2.1'] }), open)?.incidentId).toBe('first');
  expect(sharedCause(symptomsOf('new', host), open.slice(0, 1))?.incidentId).toBe('first');
  expect(sharedCause(symptomsOf('first', host), [symptomsOf('mine', { ...host, partOf: 'first' })])).toBeNull();
});

test('however many fail in whatever order, each is part of a root, which is part of nothing', () => {
  const one = fc.record({ host: fc.constantFrom('a', 'b', 'c'), at: fc.nat(120_000) });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 12 }), (all) => {
      const open: Symptoms[] = [];
      for (const [i, { host, at }] of all.entries()) {
        const fresh = symptomsOf(`i${i}`, { host, startedAt: at, openedAt: i });
        open.push({ ...fresh, partOf: sharedCause(fresh, open)?.incidentId ?? null });
      }
      const roots = new Set(open.filter(({ partOf }) => partOf === null).map(({ incidentId }) => incidentId));
      expect(open.filter(({ partOf }) => partOf !== null && !roots.has(partOf))).toEqual([]);
    }),
  );
});
