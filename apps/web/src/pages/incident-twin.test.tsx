import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { anIncident, aResult, id, type Network, open, pageOf } from '../testing.fixture.tsx';
import { theDiagnosis } from './incident-diagnosis.fixture.ts';

const path = `/v1/incidents/${id(20)}`;
const resultId = '1795413600000-fra-any';
const result = `GET /v1/monitors/${id(10)}/results/${resultId}`;
const phases = { dnsMs: 1, connectMs: 2, tlsMs: null, requestMs: 0.2, firstByteMs: 5, downloadMs: 1 };
const hop = (url: string, status: number | null) => ({
  ...{ url, tried: [], address: '203.0.113.7', httpVersion: '1.1', status, tls: null, phases },
  ...{ wireBytes: 5, decodedBytes: 5, coding: null },
});
const script = '<script>alert(1)</script>';
const kept = (twin: object | undefined) => ({
  ...aResult({ id: resultId }),
  evidence: {
    ...{ url: 'https://shop.example/', status: 502, reason: 'Bad Gateway', bodyBase64: btoa(script) },
    ...{
      headers: [
        ['Server', 'nginx'],
        ['Content-Type', 'text/html'],
      ],
      bodyTruncated: false,
    },
  },
  details: { hops: [hop('https://shop.example/', 502)], findings: [], ...(twin === undefined ? {} : { twin }) },
  detailsOf: resultId,
});
const good = {
  ...{ origin: 'https://203.0.113.9', verdict: 'good', reason: null, hop: hop('https://203.0.113.9/', 200) },
  ...{
    bodyBase64: btoa('<h1>Open</h1>'),
    headers: [
      ['server', 'app/1.0'],
      ['content-type', 'text/html'],
    ],
  },
};
const show = (more: Network) =>
  open(`/incidents/${id(20)}`, {
    [`GET ${path}`]: { body: { ...anIncident(), spans: [], codes: [], regionBounds: [], marks: [], children: [] } },
    [`GET ${path}/comments`]: pageOf(),
    [`GET ${path}/decisions`]: pageOf(),
    [`GET ${path}/logs`]: { body: { items: [] } },
    [`GET ${path}/diagnosis`]: { body: theDiagnosis() },
    'GET /v1/deliveries': pageOf(),
    ...more,
  });
const section = () => screen.findByRole('region', { name: 'Edge and origin, side by side' });
const row = (name: RegExp) => screen.getByRole('row', { name });

test('both answers stand beside each other: status, headers that differ first, phases, bodies as text', async () => {
  show({ [result]: { body: kept(good) } });
  const twins = within(await section());
  expect(twins.getByText(/The origin answers well: the fault lies before it/u)).toBeDefined();
  expect(row(/^Answer 502 ?HTTP\/1\.1 Bad Gateway 200 ?HTTP\/1\.1$/u).hasAttribute('data-differs')).toBe(true);
  expect(row(/^server nginx app\/1\.0$/u).hasAttribute('data-differs')).toBe(true);
  expect(row(/^content-type text\/html text\/html$/u).hasAttribute('data-differs')).toBe(false);
  expect(row(/^First byte 5\.0 ms 5\.0 ms$/u)).toBeDefined();
  expect(twins.getByText(script)).toBeDefined();
  expect(twins.getByText('<h1>Open</h1>')).toBeDefined();
});

test('an origin that fails too says how', async () => {
  const twin = {
    ...good,
    verdict: 'bad',
    reason: 'connect error (ECONNREFUSED)',
    hop: hop('x', null),
    headers: [],
    bodyBase64: null,
  };
  show({ [result]: { body: { ...kept(twin), detailsOf: '1795413590000-fra-any' } } });
  const twins = within(await section());
  expect(twins.getByText(/The origin fails too: connect error \(ECONNREFUSED\)\. The fault lies there/u)).toBeDefined();
  expect(twins.getByText(/that of the check before/u)).toBeDefined();
  expect(twins.getByText('no answer')).toBeDefined();
});

test('a monitor whose origin is not known has nothing to compare', async () => {
  const { asked } = show({ [result]: { body: kept(undefined) } });
  await expect.poll(() => asked.some(({ url }) => url.includes('/results/'))).toBe(true);
  await screen.findByRole('region', { name: 'The grounds of it' });
  expect(screen.queryByRole('region', { name: 'Edge and origin, side by side' })).toBeNull();
});
