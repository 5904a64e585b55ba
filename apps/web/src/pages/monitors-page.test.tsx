import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { aMonitor, anIncident, aResult, connect, id, open, pageOf, problem, tell } from '../testing.fixture.tsx';

const down = aMonitor({ id: id(11), name: 'Api', url: 'https://api.example/', status: 'down', incidentId: id(20) });
const full = { 'GET /v1/monitors': pageOf(aMonitor(), aMonitor({ id: id(12), name: 'Blog' }), down) };
const names = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getByRole('link').textContent);

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

test('deleting names what will be lost, and asks first', async () => {
  const { asked } = open('/', { ...full, [`DELETE /v1/monitors/${id(11)}`]: { status: 204 } });
  await userEvent.click(await screen.findByRole('button', { name: 'Actions for Api' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete' }));
  const dialog = await screen.findByRole('dialog');
  expect(dialog.textContent).toContain('https://api.example/');
  expect(asked.some(({ method }) => method === 'DELETE')).toBe(false);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Delete monitor' }));
  await expect.poll(() => screen.queryByRole('link', { name: 'Api' })).toBeNull();
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
