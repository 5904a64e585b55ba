import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { id, open, pageOf, problem } from '../testing.fixture.tsx';
import { network, oneOf, patched, path, schedule, steppingIn } from './schedule.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-27T12:00:00Z') }));
afterEach(() => void vi.useRealTimers());

const calendar = async () => within(await screen.findByRole('region', { name: 'Calendar of Backend' }));

test('a shift is handed to somebody else, on the schedule as it is, and taken back', async () => {
  const { asked } = open(path, oneOf({ overrides: [steppingIn] }));
  await userEvent.click(await (await calendar()).findByRole('button', { name: /^ada, /u }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByText('It is ada’s turn then.')).toBeDefined();
  await userEvent.click(dialog.getByRole('button', { name: 'Hand it over' }));
  expect(await dialog.findByText('Choose who steps in.')).toBeDefined();
  await userEvent.click(dialog.getByRole('combobox', { name: 'Who takes it' }));
  await userEvent.click(await dialog.findByRole('option', { name: 'Bob' }));
  await userEvent.click(dialog.getByRole('button', { name: 'Hand it over' }));
  const added = { from: '2026-12-02T08:00:00.000Z', until: '2026-12-06T23:00:00.000Z', accountId: id(3) };
  await expect.poll(() => patched(asked)).toEqual({ overrides: [steppingIn, added] });
  expect(asked.findLast(({ method }) => method === 'PATCH')?.headers.get('if-match')).toBe('"2"');
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  await expect.poll(() => patched(asked)).toEqual({ overrides: [steppingIn] });
});

test('an override is drawn as one, though it changes nothing, and can be removed', async () => {
  const { asked } = open(path, oneOf({ overrides: [steppingIn] }));
  await userEvent.click(await (await calendar()).findByRole('button', { name: /^Bob steps in, /u }));
  await userEvent.click(await screen.findByRole('button', { name: 'Remove this override' }));
  await expect.poll(() => patched(asked)).toEqual({ overrides: [] });
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

test('an override that is taken back after its removal is below those again that it was below', async () => {
  const above = { ...steppingIn, from: '2026-11-25T00:00:00.000Z', accountId: id(1) };
  let overrides: readonly unknown[] = [steppingIn, above];
  const one = `/v1/on-call-schedules/${id(60)}`;
  const { asked } = open(path, {
    ...oneOf({ overrides }),
    [`GET ${one}`]: () => ({ body: { ...schedule, overrides } }),
    [`PATCH ${one}`]: async (request) => {
      ({ overrides } = await request.json());
      return { body: { ...schedule, overrides } };
    },
  });
  await userEvent.click(await (await calendar()).findByRole('button', { name: /^Bob steps in, /u }));
  await userEvent.click(await screen.findByRole('button', { name: 'Remove this override' }));
  await expect.poll(() => patched(asked)).toEqual({ overrides: [above] });
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  await expect.poll(() => patched(asked)).toEqual({ overrides: [steppingIn, above] });
});

test('a schedule that was deleted comes back as it was, although its row is gone at once', async () => {
  const url = `/v1/on-call-schedules/${id(60)}`;
  let all = [schedule];
  const { asked } = open(path, {
    ...network,
    'GET /v1/on-call-schedules': () => pageOf(...all),
    [`DELETE ${url}`]: () => {
      all = [];
      return { status: 204 };
    },
    [`POST ${url}/restore`]: { body: schedule },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Delete Backend' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Delete schedule' }));
  expect(await screen.findByText('Nobody is on call')).toBeDefined();
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(await screen.findByText('Taken back')).toBeDefined();
  expect(asked.some((request) => request.url.endsWith(`${url}/restore`))).toBe(true);
});

test('a half-written schedule isn’t left unasked; one that is saved is', async () => {
  const { router } = open(`${path}&edit=new`, {
    ...network,
    'POST /v1/on-call-schedules': { status: 201, body: schedule },
  });
  await userEvent.type(await screen.findByLabelText('Name'), 'Mine');
  await userEvent.click(screen.getByRole('tab', { name: 'Channels' }));
  const dialog = await screen.findByRole('dialog', { name: 'Leave without saving?' });
  await userEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }));
  expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('Mine');
  await userEvent.click(screen.getByRole('combobox', { name: 'Add a person to the turns' }));
  await userEvent.click(await screen.findByRole('option', { name: 'ada' }));
  await userEvent.click(screen.getByRole('button', { name: 'Save schedule' }));
  await expect.poll(() => router.state.location.href).toBe(path);
});
