import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { aMonitor, at, id, type Network, open, pageOf, problem, sentTo } from '../testing.fixture.tsx';

const aWindow = (change: object = {}) => ({
  ...{ id: id(60), name: 'Updates', note: null, startsAt: '2026-11-29T02:00:00', timeZone: 'Europe/Berlin' },
  ...{ durationMs: 7_200_000, rule: 'FREQ=WEEKLY', appliesTo: { kind: 'all' }, countsAs: 'excluded' },
  ...{ current: null, next: { from: at, until: at }, createdAt: at, updatedAt: at },
  ...change,
});
const runsNow = { from: '2026-11-27T11:00:00.000Z', until: '2026-11-27T13:00:00.000Z' };
const path = '/v1/maintenance-windows';
const occurrences = '/v1/maintenance-occurrences';
const aTime = (day: string, change: object = {}) => ({
  ...{ windowId: id(60), name: 'Updates', from: `${day}T01:00:00.000Z`, until: `${day}T03:00:00.000Z` },
  ...change,
});
const some = (...items: readonly unknown[]) => ({ [`GET ${occurrences}`]: { body: { items, isCut: false } } });
const none = some();
const show = (network: Network, search = '') => open(`/maintenance${search}`, { ...none, ...network });
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
  fireEvent.change(screen.getByLabelText('Begins'), { target: { value: '2026-11-29T02:00' } });
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
  fireEvent.change(screen.getByLabelText('Begins'), { target: { value: '2026-11-29T02:00' } });
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

test('what runs can be ended, and what is deleted says what is lost', async () => {
  let windows = [aWindow({ current: runsNow })];
  show({
    [`GET ${path}`]: () => pageOf(...windows),
    [`POST ${path}/${id(60)}/end`]: () => {
      windows = [aWindow()];
      return { body: windows[0] };
    },
    [`DELETE ${path}/${id(60)}`]: () => {
      windows = [];
      return { status: 204 };
    },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'End now: Updates' }));
  await expect.poll(() => screen.queryByRole('button', { name: 'End now: Updates' })).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Delete Updates' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Delete window' }));
  expect(await screen.findByText('No maintenance is planned')).toBeDefined();
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
  const begins = await screen.findByLabelText<HTMLInputElement>('Begins');
  expect(begins.value).toBe('2026-12-21T02:00');
});

test('rules are chosen in words, and the next five times are shown before anything is saved', async () => {
  const items = ['01', '02', '03', '04', '05', '06'].map((day) => ({ ...aTime(`2026-12-${day}`) }));
  const { asked } = show({ [`GET ${path}`]: pageOf(), [`POST ${path}/preview`]: { body: { items } } });
  await userEvent.click((await screen.findAllByRole('button', { name: 'Plan maintenance' }))[0] as HTMLElement);
  fireEvent.change(await screen.findByLabelText('Begins'), { target: { value: '2026-12-01T02:00' } });
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
  fireEvent.change(await screen.findByLabelText('Begins'), { target: { value: '2026-12-01T02:00' } });
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

test('a window is changed with If-Match; saved without a change it is as it was', async () => {
  const window = aWindow({ note: 'Kernel', rule: 'FREQ=WEEKLY;BYDAY=SU' });
  const { asked } = show({
    [`GET ${path}`]: pageOf(window),
    [`GET ${path}/${id(60)}`]: { body: window, headers: { etag: '"3"' } },
    [`PATCH ${path}/${id(60)}`]: { body: window },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Edit Updates' }));
  const save = await screen.findByRole('button', { name: 'Save window' });
  await expect
    .poll(() => sentTo(asked, 'POST /v1/alert-previews'), { timeout: 5_000 })
    .toMatchObject({ change: { kind: 'maintenance-window', windowId: id(60), window: { name: 'Updates' } } });
  await userEvent.click(save);
  await expect
    .poll(() => sentTo(asked, `PATCH ${path}/${id(60)}`))
    .toEqual({
      ...{ name: 'Updates', note: 'Kernel', startsAt: '2026-11-29T02:00', timeZone: 'Europe/Berlin' },
      ...{ durationMs: 7_200_000, rule: 'FREQ=WEEKLY;BYDAY=SU', appliesTo: { kind: 'all' }, countsAs: 'excluded' },
    });
  expect(asked.findLast(({ method }) => method === 'PATCH')?.headers.get('if-match')).toBe('"3"');
});

test('one that somebody else changed meanwhile can be loaded as it is now', async () => {
  let tag = '"3"';
  show({
    [`GET ${path}`]: pageOf(aWindow()),
    [`GET ${path}/${id(60)}`]: () => ({ body: aWindow({ name: `Of ${tag}` }), headers: { etag: tag } }),
    [`PATCH ${path}/${id(60)}`]: problem(412, 'precondition-failed', 'It was changed.'),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Edit Updates' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Save window' }));
  tag = '"4"';
  await userEvent.click(await screen.findByRole('button', { name: 'Load it as it is now' }));
  await expect.poll(() => screen.getByLabelText<HTMLInputElement>('Name').value).toBe('Of "4"');
});

test('what is deleted comes back as it was', async () => {
  const { asked } = show({
    [`GET ${path}`]: pageOf(aWindow()),
    [`DELETE ${path}/${id(60)}`]: { status: 204 },
    [`POST ${path}/${id(60)}/restore`]: { body: aWindow() },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Delete Updates' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Delete window' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(await screen.findByText('Taken back')).toBeDefined();
  expect(asked.some(({ url }) => url.endsWith(`${path}/${id(60)}/restore`))).toBe(true);
});

test('more than three windows on a day can be unfolded', async () => {
  const five = [1, 2, 3, 4, 5].map((n) => aTime('2026-11-29', { windowId: id(70 + n), name: `W${n}` }));
  show({ [`GET ${path}`]: pageOf(aWindow()), ...some(...five) });
  const calendar = await month();
  await userEvent.click(await calendar.findByRole('button', { name: '2 more' }));
  expect(calendar.getAllByRole('button', { name: /^W\d, / })).toHaveLength(5);
});

test('on a narrow screen the month is a list of its days', async () => {
  vi.spyOn(window, 'matchMedia').mockImplementation(
    (media) =>
      ({
        matches: media.includes('max-width'),
        media,
        addEventListener: () => undefined,
        removeEventListener: () => undefined,
      }) as unknown as MediaQueryList, // all that is asked of one
  );
  show({ [`GET ${path}`]: pageOf(aWindow()), ...some(aTime('2026-11-22'), aTime('2026-11-29')) });
  const agenda = await month();
  expect((await agenda.findAllByRole('heading', { level: 2 })).length).toBe(1);
  await userEvent.click(agenda.getByRole('button', { name: 'Show 1 earlier day' }));
  expect((await agenda.findAllByRole('heading', { level: 2 })).map(({ textContent }) => textContent)).toEqual([
    'Sunday, November 22',
    'Sunday, November 29',
  ]);
  vi.restoreAllMocks();
});

test('a calendar that could not be loaded leaves the list, and can be asked for again', async () => {
  show({ [`GET ${path}`]: pageOf(aWindow()), [`GET ${occurrences}`]: problem(503, 'busy', 'Later.') });
  expect(await screen.findByText('The calendar could not be loaded')).toBeDefined();
  expect(await screen.findByRole('button', { name: 'Edit Updates' })).toBeDefined();
});
