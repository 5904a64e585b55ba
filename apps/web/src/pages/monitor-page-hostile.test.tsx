import { existsSync, readFileSync } from 'node:fs';
import { screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { aMonitor, id, open, pageOf } from '../testing.fixture.tsx';
import { bad, network, path } from './monitor-page.fixture.ts';

vi.mock('uplot', () => import('./uplot.fixture.ts'));

const corpus = (name: string): string => {
  const file = `/work/shared/corpora/${name}`;
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};
const hostile: readonly string[] = [
  '<script>window.ran = true</script>',
  '<img src=x onerror="window.ran = true">',
  '"><svg onload="window.ran = true">',
  'javascript:window.ran=true',
  '{{constructor.constructor("window.ran = true")()}}',
  '\u202eevil\u0000\u0007',
  ...corpus('injection/patt-xss-polyglots.txt').split('\n'),
  ...JSON.parse(corpus('strings/blns.json') || '[]'),
].filter((text) => text !== '');

const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
/** Carriage returns are line breaks of their own in a document that was parsed, and not in one that was set as text. */
const elements = (root: ParentNode): string =>
  [...root.querySelectorAll('script, img, iframe, object, embed, style, link, base, form, a, [onload], [onerror]')]
    .map(({ outerHTML }) => outerHTML)
    .join();

test('hostile names, headers, bodies and reasons are text, and nothing of them runs', async () => {
  const all = hostile.join('\n');
  const twin = { ...{ origin: 'http://203.0.113.9', verdict: 'bad', reason: all.slice(0, 400), hop: null } };
  const failure = { kind: 'assertion', expected: hostile[0] ?? '', got: all } as const;
  const result = { ...bad, outcome: { verdict: 'down', failure } as const };
  const kept = {
    ...result,
    evidence: {
      ...{ url: 'https://shop.example/<script>', status: 502, reason: hostile[1], bodyTruncated: true },
      headers: hostile.map((text, n) => [`x-${n}`, text]),
      bodyBase64: base64(all),
    },
    details: {
      hops: [],
      findings: hostile.slice(0, 20).map((text, n) => ({ kind: 'length', code: `C${n}`, text, withIdentity: null })),
      twin: { ...twin, bodyBase64: base64(all), headers: hostile.map((text) => [text, text]) },
    },
    detailsOf: result.id,
  };
  const headers = { 'X-Evil': hostile[0] ?? '' };
  open(`/monitors/${id(10)}?look=${result.id}`, {
    ...network({ [`GET ${path}/results`]: pageOf(result) }),
    [`GET ${path}`]: {
      body: aMonitor({ name: hostile[2] ?? '', headers, method: 'POST', body: all.replaceAll('\0', '') }),
    },
    [`GET ${path}/results/${result.id}`]: { body: kept },
  });
  const look = await screen.findByRole('dialog', { name: 'Look' });
  const body = await within(look).findByRole('region', { name: 'Body of the answer' });
  expect(body.textContent).toBe(new TextDecoder().decode(new TextEncoder().encode(all)));
  expect(within(look).getByRole('region', { name: 'Headers of the answer' }).textContent).toContain(hostile[1]);
  expect(within(look).getByRole('region', { name: 'Headers of the origin’s answer' }).textContent).toContain(
    hostile[2],
  );
  expect(within(look).getByRole('region', { name: 'The same with curl' }).textContent).toContain("'X-Evil: <script>");
  expect(elements(look)).toBe('');
  expect(elements(await screen.findByRole('list', { name: 'Response log' }))).toBe('');
  expect(window).not.toHaveProperty('ran');
});
