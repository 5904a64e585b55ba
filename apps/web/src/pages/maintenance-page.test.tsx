import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { aTime, aWindow, occurrences, path, show, some } from '../features/maintenance/windows.fixture.ts';
import { aMonitor, id, pageOf, problem, sentTo } from '../testing.fixture.tsx';
import { wallShown, writeWall } from '../ui/wall-field.fixture.ts';

const month = async () => within(await screen.findByRole('region', { name: 'Maintenance in November 2026' }));

// Loaded on demand; on a busy machine the first time takes longer than a test waits.
beforeAll(async () => {
  await import('../features/maintenance/window-editor.tsx');
  await import('../features/alert-preview/alert-preview.tsx');
}, 60_000);
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-27T12:00:00Z') }));
afterEach(() => void vi.useRealTimers());

test('an empty list says what windows are for and plans the first one', async () => {
  const { asked } = show({ [`GET ${path}`]: pageOf(), [`POST ${path}`]: { status: 201, body: aWindow() } });
  expect(await screen.findByText('No maintenance is planned')).toBeDefined();
  await userEvent.click(screen.getAllByRole('button', { name: 'Plan maintenance' })[0] as HTMLElement);
  fireEvent.change(await screen.findByLabelText('Name'), { target: { value: 'Updates' } });
  await userEvent.click(screen.getByRole('button', { name: 'Plan it' }));
  expect(await screen.findByText('Say when it begins.')).toBeDefined();
  await writeWall('Begins', '2026-11-29T02:00');
  await userEvent.click(screen.getByRole('button', { name: 'Plan it' }));
  await expect
    .poll(() => sentTo(asked, `POST ${path}`))
    .toEqual({
      ...{ name: 'Updates', startsAt: '2026-11-29T02:00', timeZone: 'Europe/Berlin', durationMs: 7_200_000 },
      ...{ rule: null, appliesTo: { kind: 'all' }, countsAs: 'excluded', note: null },
    });
});

test('work can be planned for single monitors and for tags, and what is wrong with the list stands at it', async () => {
  const { status, body } = problem(400, 'validation-failed', 'Something is wrong.');
  const errors = [{ pointer: '/appliesTo/monitorIds/0', code: 'unknown-monitor', detail: 'There is no such monitor.' }];
  const { asked } = show({
    [`GET ${path}`]: pageOf(),
    'GET /v1/monitors': pageOf(aMonitor({ tags: ['eu'] })),
    [`POST ${path}`]: { ...(status === undefined ? {} : { status }), body: { ...Object(body), errors } },
  });
  await userEvent.click((await screen.findAllByRole('button', { name: 'Plan maintenance' }))[0] as HTMLElement);
  fireEvent.change(await screen.findByLabelText('Name'), { target: { value: 'Move' } });
  await writeWall('Begins', '2026-11-29T02:00');
  await userEvent.click(screen.getByRole('combobox', { name: 'For' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Single monitors' }));
  await userEvent.click(screen.getByRole('button', { name: 'Plan it' }));
  expect(await screen.findByText('At least one monitor.')).toBeDefined();
  await userEvent.click(screen.getByRole('combobox', { name: 'Monitors' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Shop' }));
  await userEvent.click(screen.getByRole('button', { name: 'Plan it' }));
  await expect
    .poll(() => sentTo(asked, `POST ${path}`))
    .toMatchObject({ appliesTo: { kind: 'monitors', monitorIds: [id(10)] } });
  expect(await screen.findByText('There is no such monitor.')).toBeDefined();
});

test('of a window without a next time the list says whether it is over, and when it begins however far away', async () => {
  const past = { current: null, next: null, startsAt: '2026-10-04T02:00:00' };
  const ahead = { ...past, startsAt: '2027-11-07T01:30:00', timeZone: 'America/New_York' };
  show({
    [`GET ${path}`]: pageOf(
      aWindow({ ...past, name: 'Move', rule: null }),
      aWindow({ ...past, id: id(9), name: 'Leap', rule: 'FREQ=YEARLY' }),
      aWindow({ ...ahead, id: id(8), name: 'Far', rule: null }),
      aWindow({ ...ahead, id: id(7), name: 'Far and again' }),
    ),
  });
  const row = async (name: string) =>
    within((await screen.findByRole('button', { name })).closest('tr') as HTMLElement);
  expect((await row('Move')).getByText('over')).toBeDefined();
  expect((await row('Leap')).getByText('over, or more than 60 days away')).toBeDefined();
  expect((await row('Far')).getByText(/Nov 7, 2027/u)).toBeDefined();
  const again = (await row('Far and again')).getByText(/^from/u);
  expect(again.textContent).toMatch(/Nov 7, 2027/u);
  expect((await row('Far and again')).getByText('America/New_York')).toBeDefined(); // whose Sunday it is
});

test('a first time years away is looked for where it is, and an hour that comes twice says which is meant', async () => {
  const { asked } = show({ [`GET ${path}`]: pageOf(), [`POST ${path}/preview`]: { body: { items: [] } } });
  await userEvent.click((await screen.findAllByRole('button', { name: 'Plan maintenance' }))[0] as HTMLElement);
  await writeWall('Begins', '2028-10-29T02:30');
  expect(await screen.findByText(/Europe\/Berlin shows this twice: the first is meant/u)).toBeDefined();
  await expect
    .poll(() => sentTo(asked, `POST ${path}/preview`))
    .toMatchObject({ from: '2028-10-28T00:30:00.000Z', to: '2029-10-29T00:30:00.000Z' });
});

test('while windows are loading the page says so, under its heading', async () => {
  show({ [`GET ${path}`]: () => new Promise(() => undefined) });
  expect(await screen.findByText('Loading maintenance windows')).toBeDefined();
  expect(screen.getByRole('heading', { level: 1, name: 'Maintenance' })).toBeDefined();
});

test('a list that could not be loaded can be asked for again', async () => {
  show({ [`GET ${path}`]: problem(500, 'internal', 'No.') });
  expect(await screen.findByText('Maintenance windows could not be loaded')).toBeDefined();
});

test('a month shows every time of every window, and asks once for all of them', async () => {
  const { asked } = show({
    [`GET ${path}`]: pageOf(aWindow()),
    ...some(aTime('2026-11-22'), aTime('2026-11-29'), aTime('2026-11-30', { name: 'Move', windowId: id(61) })),
  });
  const calendar = await month();
  await expect.poll(() => calendar.queryAllByRole('button', { name: /^(?:Updates|Move), / }).length).toBe(3);
  expect(calendar.getByRole('button', { current: 'date' }).getAttribute('data-day')).toBe('2026-11-27');
  expect(calendar.getByRole('button', { name: 'Sunday, November 29, 1 window: plan maintenance' })).toBeDefined();
  const calls = asked.map(({ url }) => new URL(url)).filter(({ pathname }) => pathname === occurrences);
  expect(calls.map(({ search }) => decodeURIComponent(search))).toEqual([
    '?from=2026-10-31T23:00:00.000Z&to=2026-12-05T23:00:00.000Z',
  ]);
});

test('the month stands in the URL and goes earlier, later and back to today', async () => {
  const { router } = show({ [`GET ${path}`]: pageOf() });
  await userEvent.click(await screen.findByRole('button', { name: 'Later' }));
  await expect.poll(() => router.state.location.href).toBe('/maintenance?month=2026-12');
  expect(await screen.findByRole('region', { name: 'Maintenance in December 2026' })).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: 'Earlier' }));
  await expect.poll(() => router.state.location.href).toBe('/maintenance');
});

test('by the keyboard alone: arrows reach any day, Page Down the next month, and Enter plans on it', async () => {
  const { router } = show({ [`GET ${path}`]: pageOf() });
  (await month()).getByRole('button', { current: 'date' }).focus();
  await userEvent.keyboard('{ArrowRight}{ArrowUp}');
  expect(document.activeElement?.getAttribute('data-day')).toBe('2026-11-21');
  await userEvent.keyboard('{PageDown}');
  await expect.poll(() => document.activeElement?.getAttribute('data-day')).toBe('2026-12-21');
  expect(router.state.location.href).toBe('/maintenance?month=2026-12');
  await userEvent.keyboard('{Enter}');
  expect(await wallShown('Begins')).toBe('Dec 21, 2026 02:00 AM');
});

test('rules are chosen in words, and the next five times are shown before anything is saved', async () => {
  const items = ['01', '02', '03', '04', '05', '06'].map((day) => ({ ...aTime(`2026-12-${day}`) }));
  const { asked } = show({ [`GET ${path}`]: pageOf(), [`POST ${path}/preview`]: { body: { items } } });
  await userEvent.click((await screen.findAllByRole('button', { name: 'Plan maintenance' }))[0] as HTMLElement);
  await writeWall('Begins', '2026-12-01T02:00');
  await userEvent.click(screen.getByRole('combobox', { name: 'Repeats' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Every week' }));
  await userEvent.click(screen.getByRole('checkbox', { name: 'Thu' }));
  await userEvent.click(screen.getByRole('checkbox', { name: 'Tue' }));
  const next = within(screen.getByRole('region', { name: 'The next times' }));
  await expect.poll(() => next.queryAllByRole('listitem').length).toBe(5);
  await expect
    .poll(() => sentTo(asked, `POST ${path}/preview`))
    .toMatchObject({ startsAt: '2026-12-01T02:00', rule: 'FREQ=WEEKLY;BYDAY=TU,TH' });
});

test('a rule that is none is said at once, in the server’s words', async () => {
  show({ [`GET ${path}`]: pageOf(), [`POST ${path}/preview`]: problem(400, 'invalid-rule', 'FREQ is missing.') });
  await userEvent.click((await screen.findAllByRole('button', { name: 'Plan maintenance' }))[0] as HTMLElement);
  await writeWall('Begins', '2026-12-01T02:00');
  expect(await screen.findByText(/FREQ is missing/u)).toBeDefined();
});

test('one of its times opens the window: for whom by name, how often in words, and what it is for uptime', async () => {
  const appliesTo = { kind: 'monitors', monitorIds: [id(10), id(11)] };
  show({
    [`GET ${path}`]: pageOf(aWindow({ appliesTo, note: 'Kernel', rule: 'FREQ=WEEKLY;BYDAY=SU' })),
    'GET /v1/monitors': pageOf(aMonitor()),
    ...some(aTime('2026-11-29')),
  });
  await userEvent.click(await (await month()).findByRole('button', { name: /^Updates, /u }));
  const dialog = (await screen.findByRole('dialog', { name: 'Updates' })).textContent;
  for (const text of ['every week on Sunday, 02:00', 'Shop, a deleted monitor', 'leaves the time out', 'Kernel'])
    expect(dialog).toContain(text);
});

test('more than three windows on a day can be unfolded', async () => {
  const five = [1, 2, 3, 4, 5].map((n) => aTime('2026-11-29', { windowId: id(70 + n), name: `W${n}` }));
  show({ [`GET ${path}`]: pageOf(aWindow()), ...some(...five) });
  const calendar = await month();
  await userEvent.click(await calendar.findByRole('button', { name: '2 more' }));
  expect(calendar.getAllByRole('button', { name: /^W\d, / })).toHaveLength(5);
});

test('a calendar that could not be loaded leaves the list, and can be asked for again', async () => {
  show({ [`GET ${path}`]: pageOf(aWindow()), [`GET ${occurrences}`]: problem(503, 'busy', 'Later.') });
  expect(await screen.findByText('The calendar could not be loaded')).toBeDefined();
  expect(await screen.findByRole('button', { name: 'Edit Updates' })).toBeDefined();
});
