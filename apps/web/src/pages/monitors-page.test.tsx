import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { aMonitor, anIncident, aResult, connect, id, open, pageOf, problem, tell } from '../testing.fixture.tsx';
import { full, names } from './monitors.fixture.ts';

test('while monitors are loading the page says so', async () => {
  open('/', { 'GET /v1/monitors': () => new Promise(() => undefined) });
  expect(await screen.findByText('Loading monitors')).toBeDefined();
});

test('without monitors the page says what to do next', async () => {
  open('/', {});
  expect((await screen.findByRole('link', { name: 'Watch a site' })).getAttribute('href')).toBe('/monitors/new');
});

test('a failure says what failed and can be tried again', async () => {
  let works = false;
  open('/', { 'GET /v1/monitors': () => (works ? pageOf(aMonitor()) : problem(503, 'busy', 'Come back later.')) });
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('Come back later.');
  expect(alert.textContent).toContain('req-1');
  works = true;
  await userEvent.click(within(alert).getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('link', { name: 'Shop' })).toBeDefined();
});

test('failing monitors come first, and the page and its tab say how many are down', async () => {
  open('/', full);
  await screen.findByRole('link', { name: 'Api' });
  expect(names()).toEqual(['Api', 'Blog', 'Shop']);
  expect(screen.getByText('1 of 3 is down')).toBeDefined();
  expect(document.title).toBe('(1 down) Monitors · Farwatch');
});

test('the search narrows the list and stands in the URL', async () => {
  const { router } = open('/', full);
  await userEvent.type(await screen.findByLabelText(/Search monitors/u), 'blo');
  expect(names()).toEqual(['Blog']);
  expect(router.state.location.href).toBe('/?search=blo');
});

test('a count shows its state only', async () => {
  open('/', full);
  await userEvent.click(await screen.findByRole('button', { name: /1 ?Down/u }));
  expect(names()).toEqual(['Api']);
});

test('a change that is told while the list is being read again is not undone by the older answer', async () => {
  const held = Promise.withResolvers<void>();
  const api = aMonitor({ id: id(11), name: 'Api' });
  let reads = 0;
  open('/', {
    'GET /v1/monitors': async () => {
      if (reads++ === 0) return pageOf(aMonitor());
      await held.promise;
      return pageOf(aMonitor(), api);
    },
  });
  await screen.findByRole('link', { name: 'Shop' });
  connect();
  tell('incident.opened', anIncident({ monitorId: api.id })); // a monitor that nobody knows here: all are read again
  await expect.poll(() => reads).toBe(2);
  tell('monitor.status-changed', { monitorId: id(10), status: 'down', statusSince: '2026-11-23T06:01:00.000Z' });
  expect(await screen.findByRole('button', { name: /1 ?Down/u })).toBeDefined();
  held.resolve();
  await screen.findByRole('link', { name: 'Api' });
  expect(screen.getByRole('button', { name: /1 ?Down/u })).toBeDefined();
});

test('a change of state told by the stream is seen without a reload', async () => {
  open('/', { 'GET /v1/monitors': pageOf(aMonitor()) });
  await screen.findByRole('link', { name: 'Shop' });
  connect();
  tell('monitor.status-changed', { monitorId: id(10), status: 'down', statusSince: '2026-11-23T06:01:00.000Z' });
  tell('incident.opened', anIncident({ status: 'open', resolvedAt: null }));
  tell(
    'check.completed',
    aResult({
      id: 'x',
      scheduledAt: '2026-11-23T06:01:00.000Z',
      status: 502,
      outcome: { verdict: 'down', failure: { kind: 'status', status: 502 } },
    }),
  );
  await expect.poll(() => screen.getAllByRole('row')[1]?.textContent).toMatch(/Down.*502/u);
});

test('n opens a new monitor and / goes to the search, but not while typing', async () => {
  const { router } = open('/', full);
  const search = await screen.findByLabelText(/Search monitors/u);
  await userEvent.keyboard('/');
  expect(document.activeElement).toBe(search);
  await userEvent.keyboard('n{Escape}');
  expect(router.state.location.pathname).toBe('/');
  await userEvent.keyboard('gi');
  await expect.poll(() => router.state.location.pathname).toBe('/incidents');
});

test('tags narrow the list, stand in the URL and in the table', async () => {
  const { router } = open('/?tag=shop', {
    'GET /v1/monitors': pageOf(
      aMonitor({ tags: ['eu', 'shop', 'vip'] }),
      aMonitor({ id: id(12), name: 'Blog', tags: ['eu'] }),
    ),
  });
  await screen.findByRole('link', { name: 'Shop' });
  expect(names()).toEqual(['Shop']);
  expect(screen.getByTitle('eu, shop, vip').textContent).toBe('eushop+1');
  await userEvent.click(await screen.findByRole('combobox', { name: 'Show monitors with these tags' }));
  await userEvent.click(await screen.findByRole('option', { name: 'eu' }));
  expect(names()).toEqual(['Blog', 'Shop']);
  expect(router.state.location.href).toBe('/?tag=shop,eu');
});

const summary = (monitorId: string, change: object = {}) => ({
  monitorId,
  uptime: 0.99931,
  bars: `${'u'.repeat(46)}pu`,
  down: [[46, 60_000]],
  times: Array.from({ length: 24 }, (_, i) => (i === 3 ? null : 80 + i)),
  p95Ms: 120,
  ...change,
});
const withDays = {
  ...full,
  'GET /v1/monitor-summaries': {
    body: {
      to: '2026-11-23T06:30:00.000Z',
      items: [
        summary(id(10)),
        summary(id(11), { uptime: 0.9, p95Ms: 900, down: [], bars: '-'.repeat(48) }),
        summary(id(12), { uptime: 1, p95Ms: 30, down: [], bars: 'u'.repeat(48) }),
      ],
    },
  },
};

test('each row tells its last day in words too, and never rounds up to all of it', async () => {
  open('/', withDays);
  expect(await screen.findByRole('img', { name: /Down for 1 min of the last 24 hours/u })).toBeDefined();
  expect(screen.getByRole('img', { name: 'Not down in the last 24 hours' })).toBeDefined();
  expect(screen.getByRole('img', { name: 'Nobody looked in the last 24 hours' })).toBeDefined();
  expect(screen.getByText('99.93 %')).toBeDefined();
  expect(screen.getByText('100 %')).toBeDefined();
  expect(screen.getByText('120 ms')).toBeDefined();
});

test('a heading sorts, and the order stands in the URL', async () => {
  const { router } = open('/', withDays);
  await screen.findByText('120 ms');
  await userEvent.click(screen.getByRole('button', { name: 'p95' }));
  expect(names()).toEqual(['Blog', 'Shop', 'Api']);
  await userEvent.click(screen.getByRole('button', { name: 'p95' }));
  expect(names()).toEqual(['Api', 'Shop', 'Blog']);
  expect(router.state.location.href).toBe('/?sort=-p95');
});

test('columns can be left out, and the URL says which are there', async () => {
  const { router } = open('/', withDays);
  await userEvent.click(await screen.findByRole('button', { name: 'Columns' }));
  await userEvent.click(await screen.findByRole('menuitemcheckbox', { name: 'Tags' }));
  expect(screen.queryByRole('columnheader', { name: 'Tags' })).toBeNull();
  expect(router.state.location.href).toBe('/?columns=day,code,time,p95,since');
});
