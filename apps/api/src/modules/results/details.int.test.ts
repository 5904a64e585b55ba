import type { CheckResult, LookDetails } from '@farwatch/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepResults, resultOf } from '../../world.fixture.ts';
import { type Api, startApi } from '../api.fixture.ts';
import { insertEvidence } from './record-store.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());

const t0 = Date.now() - 600_000;
const at = (seconds: number) => t0 + seconds * 1_000;
const certificate = {
  ...{ subject: 'CN=shop.example', issuer: 'CN=R11', names: ['DNS:shop.example'], serial: '04AB', sha256: 'AA:BB' },
  ...{ startsAt: 1_764_000_000_000, endsAt: 1_772_000_000_000 },
  chain: [{ subject: 'CN=R11', issuer: 'CN=ISRG Root X1', endsAt: 1_800_000_000_000 }],
};
const details: LookDetails = {
  hops: [
    {
      ...{ url: 'https://shop.example/', tried: [{ address: '203.0.113.7', code: null, ms: 12 }] },
      ...{ address: '203.0.113.7', httpVersion: '2', status: 200, coding: null, wireBytes: 5, decodedBytes: 5 },
      tls: { version: 'TLSv1.3', cipher: null, certificate, daysLeft: 92, stapled: true, error: null },
      phases: { dnsMs: 1, connectMs: 1, tlsMs: 1, requestMs: 1, firstByteMs: 1, downloadMs: 1 },
    },
  ],
  findings: [],
};

test('details are kept of a good look too, and shown with it and with the looks after it', async () => {
  const { body: monitor } = await api.call(api.mine.writer, 'POST', '/v1/monitors', {
    body: { url: 'https://a.example/' },
  });
  const look = (seconds: number, more: Partial<CheckResult> = {}): CheckResult => ({
    ...resultOf(monitor.id, 'up', at(seconds)),
    ...{ region: 'fra', ...more },
  });
  const looks = [look(0), look(30, { details }), look(60), look(60, { region: 'iad' })];
  await keepResults(api.db, looks);
  await api.db.transaction((tx) => insertEvidence(tx, looks));
  const read = async (seconds: number, region = 'fra') =>
    (await api.call(api.mine.reader, 'GET', `/v1/monitors/${monitor.id}/results/${at(seconds)}-${region}-any`)).body;
  const own = await read(30);
  expect(own).toMatchObject({ hasEvidence: false, evidence: null, detailsOf: own.id });
  expect(own.details.hops[0].tls.certificate).toEqual({
    ...certificate,
    ...{ startsAt: '2025-11-24T16:00:00.000Z', endsAt: '2026-02-25T06:13:20.000Z' },
    chain: [{ ...certificate.chain[0], endsAt: '2027-01-15T08:00:00.000Z' }],
  });
  expect(await read(60)).toMatchObject({ detailsOf: own.id, details: own.details });
  expect(await read(0)).toMatchObject({ details: null, detailsOf: null });
  expect(await read(60, 'iad')).toMatchObject({ details: null, detailsOf: null });
});
