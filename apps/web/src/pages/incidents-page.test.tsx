import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { aMonitor, anIncident, connect, id, type Network, open, pageOf, problem, tell } from '../testing.fixture.tsx';

const openOne = (n: number, monitorName: string) =>
  anIncident({
    ...{ id: id(n), monitorName, status: 'open', resolvedAt: null, endReason: null, durationMs: null },
  });
const taken = { accountId: id(3), name: 'Bob', via: 'slack' };
const show = (path: string, network: Network) => open(path, { 'GET /v1/monitors': pageOf(aMonitor()), ...network });
const lastList = (asked: readonly Request[]): URLSearchParams =>
  new URL(asked.findLast(({ url }) => url.includes('/v1/incidents?'))?.url ?? 'http://x/').searchParams;

test('each line says what, why, from where, since when, how long, and who has it', async () => {
  show('/incidents', {
    'GET /v1/incidents': pageOf(
      openOne(20, 'Shop'),
      anIncident({ id: id(21), monitorName: 'Mail', acknowledgedBy: taken }),
    ),
  });
  const rows = within(await screen.findByRole('table', { name: 'Incidents' })).getAllByRole('row');
  expect(rows.map(({ textContent }) => textContent)).toEqual([
    'ChooseStateMonitorCodeStartedForTaken by',
    expect.stringMatching(/Down nowShopHTTP 502, seen from fra, iad502.*nobody yet$/u),
    expect.stringMatching(/ClearedMailHTTP 502.*4 min 12 sBob$/u),
  ]);
});

test('the filters’ fields follow the address when it changes under them', async () => {
  const { router } = show('/incidents?search=shop&from=2026-11-01', { 'GET /v1/incidents': pageOf() });
  const field = await screen.findByRole<HTMLInputElement>('searchbox', { name: 'Search incidents by monitor' });
  expect(field.value).toBe('shop');
  expect((await screen.findByRole('button', { name: /^From the day/u })).textContent).toBe('Nov 1, 2026');
  await router.navigate({ to: '/incidents', search: { search: 'mail' } });
  await expect.poll(() => field.value).toBe('mail');
  expect(screen.queryByRole('button', { name: /^From the day/u })).toBeNull();
  await router.navigate({ to: '/incidents', search: { to: '2026-11-09' } });
  expect(await screen.findByRole('button', { name: 'From the day' })).toBeDefined();
  expect(field.value).toBe('');
});

test('filters stand in the URL, and the list and its files are asked for by them', async () => {
  const { asked, router } = show(`/incidents?status=open&monitor=${id(10)}&span=7d`, { 'GET /v1/incidents': pageOf() });
  expect(await screen.findByText('No incident fits')).toBeDefined();
  await userEvent.type(screen.getByRole('searchbox', { name: 'Search incidents by monitor' }), 'shop');
  await expect.poll(() => lastList(asked).get('search')).toBe('shop');
  expect([lastList(asked).get('status'), lastList(asked).get('monitorId')]).toEqual(['open', id(10)]);
  expect(Date.now() - Date.parse(lastList(asked).get('from') ?? '')).toBeLessThan(7 * 86_400_000 + 120_000);
  expect(router.state.location.href).toContain('search=shop');
  await userEvent.click(screen.getByRole('button', { name: 'Download' }));
  const csv = (await screen.findByRole('menuitem', { name: 'As CSV' })).getAttribute('href') ?? '';
  expect(csv).toMatch(/status=open.*format=csv|format=csv.*status=open/u);
  expect(csv).toContain('search=shop');
});

test('clearing the filters shows all again', async () => {
  const { router } = show('/incidents?search=nothing', { 'GET /v1/incidents': pageOf() });
  await userEvent.click(await screen.findByRole('button', { name: 'Show all incidents' }));
  await expect.poll(() => router.state.location.href).toBe('/incidents');
  expect(await screen.findByText('No incident yet')).toBeDefined();
});

test('many are taken on, one after the other; what could not be stays chosen by nobody', async () => {
  const all = [openOne(20, 'Shop'), openOne(21, 'Mail'), anIncident({ id: id(22), monitorName: 'Old' })];
  const { asked } = show('/incidents', {
    'GET /v1/incidents': pageOf(...all),
    [`POST /v1/incidents/${id(20)}/acknowledge`]: { body: all[0] },
    [`POST /v1/incidents/${id(21)}/acknowledge`]: problem(409, 'incident-resolved', 'This incident is over.'),
  });
  expect(await screen.findByRole('checkbox', { name: 'Choose Shop' })).toBeDefined();
  expect(screen.queryByRole('checkbox', { name: 'Choose Old' })).toBeNull();
  const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Acknowledge' });
  expect(button.disabled).toBe(true);
  await userEvent.click(screen.getByRole('checkbox', { name: 'Choose all that nobody has' }));
  await userEvent.click(button);
  await expect
    .poll(() => asked.filter(({ url }) => url.endsWith('/acknowledge')).map(({ url }) => url.split('/').at(-2)))
    .toEqual([id(20), id(21)]);
  await expect.poll(() => screen.getByRole<HTMLInputElement>('checkbox', { name: 'Choose Shop' }).checked).toBe(false);
});

test('older ones come when they are asked for, and a new one by itself', async () => {
  let first = [openOne(20, 'Shop')];
  show('/incidents', {
    'GET /v1/incidents': ({ url }) =>
      url.includes('cursor=older')
        ? pageOf(anIncident({ id: id(30), monitorName: 'Elder' }))
        : { body: { items: first, next: 'older', previous: null } },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Load older' }));
  expect(await screen.findByRole('link', { name: 'Elder' })).toBeDefined();
  first = [openOne(40, 'Newcomer'), ...first];
  connect();
  tell('incident.opened', openOne(40, 'Newcomer'));
  expect(await screen.findByRole('link', { name: 'Newcomer' })).toBeDefined();
});

test('a list that can’t be loaded says so, and can be tried again', async () => {
  let answer: object = problem(503, 'busy', 'Later.');
  show('/incidents', { 'GET /v1/incidents': () => answer });
  expect(await screen.findByText('Incidents could not be loaded')).toBeDefined();
  answer = pageOf(openOne(20, 'Shop'));
  await userEvent.click(screen.getByRole('button', { name: /again/iu }));
  expect(await screen.findByRole('link', { name: 'Shop' })).toBeDefined();
});
