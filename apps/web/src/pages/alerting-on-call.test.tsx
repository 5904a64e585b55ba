import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { id, open, pageOf, problem, sentTo } from '../testing.fixture.tsx';
import { wallShown, writeWall } from '../ui/wall-field.fixture.ts';
import { network, oneOf, path, rotation, schedule, shifts, steppingIn } from './schedule.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-27T12:00:00Z') }));
afterEach(() => void vi.useRealTimers());

const choose = async (label: string, option: string): Promise<void> => {
  await userEvent.click(screen.getByRole('combobox', { name: label }));
  await userEvent.click(await screen.findByRole('option', { name: option }));
};

test('while schedules are loading the page says so', async () => {
  open(path, { 'GET /v1/on-call-schedules': () => new Promise(() => undefined) });
  expect(await screen.findByText('Loading the schedules')).toBeDefined();
});

test('without a schedule the page says what one is for', async () => {
  open(path, { 'GET /v1/on-call-schedules': pageOf() });
  expect(await screen.findByText('Nobody is on call')).toBeDefined();
});

test('schedules that can’t be loaded say so', async () => {
  open(path, { 'GET /v1/on-call-schedules': problem(503, 'busy', 'Later.') });
  expect((await screen.findByRole('alert')).textContent).toContain('The schedules could not be loaded');
});

const calendar = async () => within(await screen.findByRole('region', { name: 'Calendar of Backend' }));

test('it says who is on call now and until when, and who comes next', async () => {
  open(path, network);
  const now = (await screen.findByText('On call now')).parentElement;
  await expect.poll(() => now?.textContent).toMatch(/Bob.*until.*09:00/u);
  expect(screen.getByText('Next').parentElement?.textContent).toMatch(/Nobody.*from.*09:00/u);
});

test('two weeks stand in the calendar, each shift by name, and the gap with its length and a warning', async () => {
  const { asked } = open(path, network);
  const weeks = await calendar();
  const inWeek = (day: string) =>
    within(weeks.getByRole('list', { name: `Who is on call from ${day}` })).queryAllByRole('button').length;
  await expect.poll(() => [inWeek('Nov 22'), inWeek('Nov 29')]).toEqual([1, 3]);
  expect(weeks.getByRole('button', { name: /^Nobody.*2 d$/u })).toBeDefined();
  expect(screen.getByText(/Nobody is on call for 2 d of these two weeks, in one gap/u)).toBeDefined();
  const query = asked.map(({ url }) => new URL(url)).filter(({ pathname }) => pathname.endsWith('/shifts'));
  const days = query.map(({ searchParams }) => {
    const [from, to] = [searchParams.get('from') ?? '', searchParams.get('to') ?? ''];
    return [from, (Date.parse(to) - Date.parse(from)) / 86_400_000];
  });
  expect(days).toContainEqual(['2026-11-21T23:00:00.000Z', 14]);
});

test('the range goes earlier, later and back to today, and stands in the URL', async () => {
  const { router } = open(path, network);
  await userEvent.click(await screen.findByRole('button', { name: 'Later' }));
  await expect.poll(() => router.state.location.href).toBe(`${path}&from=2026-11-29`);
  await userEvent.click(screen.getByRole('button', { name: 'Earlier' }));
  await userEvent.click(screen.getByRole('button', { name: 'Earlier' }));
  await expect.poll(() => router.state.location.href).toBe(`${path}&from=2026-11-15`);
  await userEvent.click(screen.getByRole('button', { name: 'Today' }));
  await expect.poll(() => router.state.location.href).toBe(path);
});

test('by the keyboard alone: arrows go from day to day, past the edge too, and Enter opens the day', async () => {
  const { router } = open(path, network);
  const days = await calendar();
  const today = days.getByRole('button', { current: 'date' });
  expect(today.getAttribute('tabindex')).toBe('0');
  today.focus();
  await userEvent.keyboard('{ArrowRight}{ArrowDown}');
  expect(document.activeElement?.getAttribute('data-day')).toBe('2026-12-05');
  await userEvent.keyboard('{ArrowRight}');
  await expect.poll(() => document.activeElement?.getAttribute('data-day')).toBe('2026-12-06');
  expect(router.state.location.href).toBe(`${path}&from=2026-11-29`);
  await userEvent.keyboard('{Enter}');
  const dialog = within(await screen.findByRole('dialog'));
  expect(await wallShown('From', dialog)).toBe('Dec 6, 2026 12:00 AM');
  expect(await wallShown('Until', dialog)).toBe('Dec 7, 2026 12:00 AM');
});

test('the layers show each rotation alone', async () => {
  const { asked } = open(path, {
    ...oneOf({ overrides: [steppingIn] }),
    'POST /v1/on-call-schedules/preview': { body: { items: shifts } },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Show the layers' }));
  expect(await screen.findByRole('list', { name: 'Overrides from Nov 22' })).toBeDefined();
  expect(await screen.findByRole('list', { name: 'Rotation 1 (Europe/Berlin) from Nov 22' })).toBeDefined();
  expect(await sentTo(asked, 'POST /v1/on-call-schedules/preview')).toMatchObject({
    rotations: [rotation],
    overrides: [],
  });
});

test('shifts that can’t be loaded say so, and the list of them can be opened', async () => {
  let works = false;
  open(path, {
    ...network,
    [`GET /v1/on-call-schedules/${id(60)}/shifts`]: () =>
      works ? { body: { items: shifts } } : problem(503, 'busy', 'Later.'),
  });
  const alert = within(await screen.findByRole('alert'));
  works = true;
  await userEvent.click(alert.getByRole('button', { name: 'Try again' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Show as a list' }));
  const list = within(screen.getByRole('list', { name: 'Shifts of these two weeks' }));
  expect(list.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
    expect.stringContaining('Bob'),
    expect.stringContaining('Nobody'),
    expect.stringContaining('ada'),
  ]);
});

test('the form shows what would come of it, in the calendar, before it is saved', async () => {
  const { asked } = open(`${path}&edit=${id(60)}`, {
    ...oneOf(),
    'POST /v1/on-call-schedules/preview': { body: { items: shifts } },
  });
  const group = within(await screen.findByRole('region', { name: 'Calendar of what is not saved yet' }));
  expect(await group.findByTitle(/^Nobody, /u)).toBeDefined();
  expect(await sentTo(asked, 'POST /v1/on-call-schedules/preview')).toMatchObject({ name: 'Backend', overrides: [] });
  await expect
    .poll(() => sentTo(asked, 'POST /v1/alert-previews'), { timeout: 5_000 })
    .toMatchObject({ change: { kind: 'on-call-schedule', scheduleId: id(60), schedule: { name: 'Backend' } } });
});

test('a new schedule sends exactly what the form says; overrides are read in the reader’s zone', async () => {
  const { asked, router } = open(path, {
    'GET /v1/on-call-schedules': pageOf(),
    'POST /v1/on-call-schedules': { status: 201, body: schedule },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Make a schedule' }));
  await userEvent.type(await screen.findByLabelText('Name'), 'Backend');
  await userEvent.click(screen.getByRole('button', { name: 'Save schedule' }));
  expect(await screen.findByText('Add at least one person.')).toBeDefined();
  await choose('Add a person to the turns', 'ada');
  await choose('Add a person to the turns', 'Bob');
  await userEvent.click(screen.getByRole('button', { name: 'Bob earlier' }));
  await writeWall('First hand-over', '2026-11-30T09:00');
  await userEvent.click(screen.getByRole('switch', { name: /^Only at certain hours/u }));
  await userEvent.click(screen.getByRole('button', { name: 'Add an override' }));
  await choose('Who steps in', 'ada');
  const override = within(screen.getByRole('group', { name: 'Override 1' }));
  await writeWall('From', '2026-12-24T09:00', override);
  await writeWall('Until', '2026-12-26T09:00', override);
  await userEvent.click(screen.getByRole('button', { name: 'Save schedule' }));
  await expect.poll(() => router.state.location.href).toBe(path);
  expect(await sentTo(asked, 'POST /v1/on-call-schedules')).toEqual({
    name: 'Backend',
    rotations: [
      { ...rotation, participants: [id(3), id(1)], window: { days: [1, 2, 3, 4, 5], from: '09:00', until: '17:00' } },
    ],
    overrides: [{ from: '2026-12-24T08:00:00.000Z', until: '2026-12-26T08:00:00.000Z', accountId: id(1) }],
  });
});

test('saving without a change sends the schedule as it was', async () => {
  const override = { from: '2026-12-24T08:00:00.000Z', until: '2026-12-26T08:00:00.000Z', accountId: id(1) };
  const { asked } = open(`${path}&edit=${id(60)}`, {
    ...network,
    [`GET /v1/on-call-schedules/${id(60)}`]: { body: { ...schedule, overrides: [override] }, headers: { etag: '"2"' } },
    [`PATCH /v1/on-call-schedules/${id(60)}`]: { body: schedule },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Save schedule' }));
  await expect.poll(() => asked.some(({ method }) => method === 'PATCH')).toBe(true);
  expect(await sentTo(asked, `PATCH /v1/on-call-schedules/${id(60)}`)).toEqual({
    name: 'Backend',
    rotations: [rotation],
    overrides: [override],
  });
});
