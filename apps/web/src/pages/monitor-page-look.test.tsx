import type { LookDetailsView } from '@farwatch/contracts';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { id, open, pageOf } from '../testing.fixture.tsx';
import { bad, network, path } from './monitor-page.fixture.ts';

vi.mock('uplot', () => import('./uplot.fixture.ts'));

const body = '<script>window.ran = true</script>';
const evidence = {
  ...{ url: 'https://shop.example/', status: 502, reason: 'Bad Gateway', headers: [['server', 'nginx/1.26.3']] },
  ...{ bodyBase64: btoa(body), bodyTruncated: false },
};
const hop: LookDetailsView['hops'][number] = {
  ...{ url: 'https://shop.example/', address: '203.0.113.7', httpVersion: '2', status: 502, coding: 'gzip' },
  tried: [
    { address: '2001:db8::7', code: 'ECONNREFUSED', ms: 3 },
    { address: '203.0.113.7', code: null, ms: 12 },
  ],
  tls: {
    ...{ version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', daysLeft: 20, stapled: false, error: null },
    certificate: {
      ...{ subject: 'CN=shop.example', issuer: 'CN=R11', serial: '04AB', sha256: 'AA:BB' },
      names: ['DNS:shop.example', 'IP Address:203.0.113.7'],
      ...{ startsAt: '2026-09-01T00:00:00.000Z', endsAt: '2026-12-13T00:00:00.000Z' },
      chain: [{ subject: 'CN=R11', issuer: 'CN=ISRG Root X1', endsAt: null }],
    },
  },
  phases: { dnsMs: 4, connectMs: 12, tlsMs: 20, requestMs: 0.2, firstByteMs: 45, downloadMs: 1 },
  ...{ wireBytes: 120, decodedBytes: 512 },
};
const details: LookDetailsView = {
  hops: [hop],
  findings: [
    { kind: 'compression', code: 'NOT_CODED', text: 'Content-Encoding says gzip, but it is not', withIdentity: 'good' },
  ],
  twin: {
    ...{ origin: 'https://203.0.113.9', verdict: 'good', reason: null, bodyBase64: btoa('fine'), headers: [] },
    hop: { ...hop, url: 'https://203.0.113.9/', status: 200 },
  },
};

const openLook = async (kept: object): Promise<HTMLElement> => {
  open(`/monitors/${id(10)}`, {
    ...network({ [`GET ${path}/results`]: pageOf(bad) }),
    [`GET ${path}/results/${bad.id}`]: { body: { ...bad, evidence: null, details: null, detailsOf: null, ...kept } },
  });
  const log = await screen.findByRole('list', { name: 'Response log' });
  await userEvent.click(within(log).getByRole('button', { name: /HTTP 502/u }));
  return screen.findByRole('dialog', { name: 'Look' });
};

test('a look opens to its phases, its address and the answer that was kept, as text', async () => {
  const look = await openLook({ evidence });
  expect(await within(look).findByText('First byte')).toBeDefined();
  expect(within(look).getByText('203.0.113.7')).toBeDefined();
  const headers = await within(look).findByRole('region', { name: 'Headers of the answer' });
  expect(headers.textContent).toContain('nginx/1.26.3');
  expect(within(look).getByRole('region', { name: 'Body of the answer' }).textContent).toBe(body);
});
test('a body that came compressed is shown decoded', async () => {
  const look = await openLook({ evidence: { ...evidence, bodyBase64: 'H4sI', decodedBase64: btoa('read me') } });
  const shown = await within(look).findByRole('region', { name: 'Body of the answer, decoded' });
  expect(shown.textContent).toBe('read me');
});
test('a look in full tells what is wrong, each request with its certificate, and what the origin said', async () => {
  const look = await openLook({ details, detailsOf: bad.id });
  expect(
    await within(look).findByText(/Content-Encoding says gzip, but it is not\..*the compression is what is broken/u),
  ).toBeDefined();
  expect(within(look).getByText(/the origin answered well\. The fault lies before it/u)).toBeDefined();
  for (const text of ['HTTP/2 502', 'CN=R11 ← CN=ISRG Root X1', 'not stapled', '120 bytes as gzip, 512 decoded'])
    expect(within(look).getAllByText(text).length).toBeGreaterThan(0);
  // Hosts as they are typed, and to the second: a certificate knows no finer time.
  expect(within(look).getAllByText('shop.example, 203.0.113.7').length).toBeGreaterThan(0);
  expect(within(look).getAllByText(/^Dec 13, 2026, \d\d:00:00(?: AM)? \S+$/u).length).toBeGreaterThan(0);
  expect(within(look).getAllByText(/20 days left/u).length).toBeGreaterThan(0);
  expect(within(look).getAllByText(/ECONNREFUSED after/u).length).toBeGreaterThan(0);
  expect(within(look).queryByText(/as it was seen at/u)).toBeNull();
});
test('details of an earlier look say so', async () => {
  const look = await openLook({ details, detailsOf: '1764079327120-fra-any' });
  expect(await within(look).findByText(/as it was seen at/u)).toBeDefined();
});
