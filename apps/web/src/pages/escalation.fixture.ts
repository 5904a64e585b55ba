import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aChannel, at, id, open, pageOf } from '../testing.fixture.tsx';

export const min = 60_000;
const slack = aChannel({ name: '#ops', kind: 'slack', target: '#ops' });
const phone = aChannel({ id: id(31), name: 'Bob’s phone', kind: 'sms', target: '+49…', accountId: id(3) });
export const schedule = {
  id: id(60),
  name: 'Backend',
  rotations: [],
  overrides: [],
  onCall: id(3) as string | null,
  createdAt: at,
  updatedAt: at,
};
/** Slack at once, whoever is on call after ten minutes, everybody after half an hour. */
export const policy = {
  id: id(50),
  name: 'Ops',
  isDefault: true,
  tags: ['shop'],
  steps: [
    { waitMs: 0, targets: [{ kind: 'channel', channelId: id(30) }] },
    { waitMs: 10 * min, targets: [{ kind: 'schedule', scheduleId: id(60), channelKinds: ['sms', 'voice'] }] },
    { waitMs: 20 * min, targets: [{ kind: 'account', accountId: id(3), channelKinds: null }, { kind: 'everyone' }] },
  ],
  repeatTimes: 3,
  repeatAfterMs: 30 * min,
  remindEveryMs: null as number | null,
  createdAt: at,
  updatedAt: at,
};
export const { id: _id, createdAt: _createdAt, updatedAt: _updatedAt, ...policyBody } = policy;
export const path = '/alerting?tab=escalation';
export const policyPath = `/v1/escalation-policies/${id(50)}`;
const told = { told: 1, alerts: 2, messages: 3, channels: [] };
/** What the replay answers to whatever is asked. */
export const preview = {
  body: {
    ...{ from: '2026-10-24T06:00:00.000Z', to: at, incidents: 1, isCut: false, differing: [], summary: '' },
    present: told,
    wanted: told,
  },
};
export const previewed = 'POST /v1/alert-previews';
export const network = {
  [previewed]: preview,
  'GET /v1/channels': pageOf(slack, phone),
  'GET /v1/on-call-schedules': pageOf(schedule),
  'GET /v1/escalation-policies': pageOf(policy),
  [`GET ${policyPath}`]: { body: policy, headers: { etag: '"3"' } },
};

/** Picks one of a list by its words. */
export const choose = async (label: string, option: string): Promise<void> => {
  await userEvent.click(screen.getByRole('combobox', { name: label }));
  await userEvent.click(await screen.findByRole('option', { name: option }));
};
/** What stands beside each step's mark, from the first on. */
export const whoOfSteps = (): readonly string[] =>
  screen
    .getAllByRole('group', { name: /^Step \d+$/u })
    .map((step) => step.querySelector<HTMLInputElement>('[data-who]')?.value ?? '');

export const editing = `${path}&edit=${id(50)}`;
export const save = () => userEvent.click(screen.getByRole('button', { name: 'Save policy' }));
export const button = (name: string): HTMLElement => screen.getByRole('button', { name });
export const opened = async (more: Parameters<typeof open>[1] = {}) => {
  const view = open(editing, { ...network, ...more });
  await screen.findByRole('form', { name: 'Edit Ops' });
  return view;
};
export const patched = `PATCH ${policyPath}`;
