import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { aChannel, at, id, open, pageOf } from '../testing.fixture.tsx';
import { oneOf, path, steppingIn } from './schedule.fixture.ts';

// What the texts' library would take for tags of its own, wherever somebody may name something.
const name = '<b>x</b><0>y</0>';

const complaints: unknown[] = [];
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-27T12:00:00Z') });
  complaints.length = 0;
  vi.spyOn(console, 'error').mockImplementation((...told) => void complaints.push(told));
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const people = {
  'GET /v1/members': { body: { items: [{ accountId: id(3), name, email: 'x@y.de', role: 'member' }] } },
};
const policy = {
  ...{ id: id(62), name, isDefault: false, tags: [], repeatTimes: 0, repeatAfterMs: 0, remindEveryMs: null },
  ...{ createdAt: at, updatedAt: at, steps: [{ waitMs: 0, targets: [{ kind: 'channel', channelId: id(30) }] }] },
};

test('a person of that name stands in the calendar’s dialog and list as they are called', async () => {
  open(path, { ...oneOf({ overrides: [steppingIn] }), ...people });
  await userEvent.click(await screen.findByRole('button', { name: 'Show as a list' }));
  expect(await screen.findByText(`${name}, stepping in`)).toBeDefined();
  const [change] = screen.getAllByRole('button', { name: /^Change: .*steps in/u });
  await userEvent.click(change ?? document.body);
  expect(within(await screen.findByRole('dialog')).getByText(new RegExp(`^${name} steps in:`, 'u'))).toBeDefined();
  expect(complaints).toEqual([]);
});

test('a channel that goes there, its owner and its policies are told as they are called', async () => {
  const channel = aChannel({ kind: 'slack', target: name, accountId: id(3), status: 'unconfirmed' });
  open('/alerting', {
    ...people,
    'GET /v1/channels': pageOf(channel),
    'GET /v1/escalation-policies': pageOf(policy),
  });
  expect(await screen.findByText(`of ${name}`)).toBeDefined();
  expect(screen.getByText(new RegExp(`^We asked ${name} for consent`, 'u'))).toBeDefined();
  const menu = screen.getByRole('button', { name: 'Actions for On-call bot' });
  await userEvent.click(menu);
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete' }));
  expect(await screen.findByText(new RegExp(`^The escalation policy ${name} names it`, 'u'))).toBeDefined();
  expect(screen.getByText(new RegExp(`^${name} hears no more alerts`, 'u'))).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(document.activeElement).toBe(menu);
  expect(complaints).toEqual([]);
});
