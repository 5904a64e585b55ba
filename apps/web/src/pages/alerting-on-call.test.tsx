import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { at, id, open, pageOf, problem, sentTo } from '../testing.fixture.tsx';

const rotation = {
  participants: [id(1), id(3)],
  timeZone: 'Europe/Berlin',
  startsAt: '2026-11-30T09:00',
  shift: { unit: 'weeks', length: 1 },
  window: null,
};
const schedule = {
  id: id(60),
  name: 'Backend',
  rotations: [rotation],
  overrides: [],
  onCall: id(3),
  createdAt: at,
  updatedAt: at,
};
const shifts = [
  { accountId: id(3), from: '2026-11-23T06:00:00.000Z', until: '2026-11-30T08:00:00.000Z' },
  { accountId: null, from: '2026-11-30T08:00:00.000Z', until: '2026-12-07T08:00:00.000Z' },
];
const path = '/alerting?tab=on-call';
const network = {
  'GET /v1/on-call-schedules': pageOf(schedule),
  [`GET /v1/on-call-schedules/${id(60)}/shifts`]: { body: { items: shifts } },
};
const fill = (label: string, value: string): void =>
  void fireEvent.change(screen.getByLabelText(label), { target: { value } });
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

test('it says who is on call now and next, in the reader’s zone, and where nobody is', async () => {
  const { asked } = open(path, network);
  expect(await screen.findByText('On call now: Bob')).toBeDefined();
  const list = await screen.findByRole('list', { name: 'Shifts of the next two weeks' });
  const [first, gap] = within(list).getAllByRole('listitem');
  expect(first?.textContent).toMatch(/Bob.*09:00/u);
  expect(gap?.textContent).toContain('Nobody');
  const query = new URL(asked.find(({ url }) => url.includes('/shifts'))?.url ?? '').searchParams;
  expect(Date.parse(query.get('to') ?? '') - Date.parse(query.get('from') ?? '')).toBe(14 * 86_400_000);
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
  fill('First hand-over', '2026-11-30T09:00');
  await userEvent.click(screen.getByRole('switch', { name: /^Only at certain hours/u }));
  await userEvent.click(screen.getByRole('button', { name: 'Add an override' }));
  await choose('Who steps in', 'ada');
  const override = within(screen.getByRole('group', { name: 'Override 1' }));
  fireEvent.change(override.getByLabelText('From'), { target: { value: '2026-12-24T09:00' } });
  fireEvent.change(override.getByLabelText('Until'), { target: { value: '2026-12-26T09:00' } });
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

test('a schedule that a policy uses is not deleted, and the page says why', async () => {
  open(path, {
    ...network,
    [`DELETE /v1/on-call-schedules/${id(60)}`]: problem(409, 'in-use', 'The policy Ops uses it.'),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Delete Backend' }));
  const dialog = await screen.findByRole('dialog');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Delete schedule' }));
  expect(await within(dialog).findByText('The policy Ops uses it.')).toBeDefined();
});
