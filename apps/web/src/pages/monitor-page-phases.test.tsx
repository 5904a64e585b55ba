import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { id, open } from '../testing.fixture.tsx';
import { network, path, times } from './monitor-page.fixture.ts';

vi.mock('uplot', () => import('./uplot.fixture.ts'));

const percentiles = { p50Ms: 100, p95Ms: 100, p99Ms: 100 };
const means = { dnsMs: 10, connectMs: 10, tlsMs: 20, firstByteMs: 50, downloadMs: 10 };
const seriesOf = (phases: typeof means | null) => ({
  ...{ ...percentiles, phases },
  points: [
    ...[
      {
        at: '2026-11-23T05:00:00.000Z',
        meanMs: 100,
        maxMs: 100,
        phases,
        ...percentiles,
        checks: 1,
        answered: 1,
        down: 0,
      },
    ],
  ],
});
const drawn = (phases: typeof means | null) => ({
  ...times,
  ...seriesOf(phases),
  series: [
    { region: 'fra', ...seriesOf(phases) },
    { region: 'iad', ...seriesOf(phases === null ? null : { ...means, tlsMs: 0 }) },
  ],
});
const openWith = (search: string, phases: typeof means | null) =>
  open(`/monitors/${id(10)}?range=24h${search}`, network({ [`GET ${path}/response-times`]: { body: drawn(phases) } }));
const chart = () => screen.findByRole('region', { name: 'Response time' });

test('the chart tells where the time goes: asked for, with shares, one region’s alone, in the address', async () => {
  const { asked } = openWith('', means);
  const asksForPhases = () => asked.filter(({ url }) => url.includes('phases=true')).length;
  await within(await chart()).findByRole('button', { name: 'Line of fra' });
  expect(asksForPhases()).toBe(0);
  await userEvent.click(within(await chart()).getByRole('radio', { name: 'By phase' }));
  const band = await within(await chart()).findByRole('button', { name: 'Band of First byte' });
  expect(asksForPhases()).toBe(1);
  const row = (name: string) => within(screen.getByRole('button', { name }).closest('tr') ?? document.body);
  expect(
    row('Band of First byte')
      .getAllByRole('cell')
      .map(({ textContent }) => textContent),
  ).toEqual(['50 ms', '50 ms', '50 %']);
  expect(screen.getByRole('img', { name: /from all regions\. DNS: mean 10 ms/u })).toBeDefined();
  await userEvent.click(band);
  expect(band.getAttribute('aria-pressed')).toBe('false');
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Looked from' }), 'iad');
  expect(await screen.findByRole('img', { name: /from iad.*TLS: mean 0 ms/u })).toBeDefined();
  await userEvent.click(screen.getByText('The values as a table'));
  expect(await screen.findByRole('columnheader', { name: 'Download' })).toBeDefined();
});

test('a link to one region’s phases opens them; a region that is not there is all of them', async () => {
  const { unmount } = openWith('&chart=phase&chartRegion=iad', means);
  expect(await screen.findByRole('img', { name: /from iad/u })).toBeDefined();
  unmount();
  openWith('&chart=phase&chartRegion=mars', means);
  expect(await screen.findByRole('img', { name: /from all regions/u })).toBeDefined();
});

test('a range of before phases were kept says so', async () => {
  openWith('&chart=phase', null);
  expect(await screen.findByText('No phases of this range')).toBeDefined();
});
