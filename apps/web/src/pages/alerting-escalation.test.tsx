import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { aChannel, at, id, open, pageOf, problem, sentTo } from '../testing.fixture.tsx';

const min = 60_000;
const slack = aChannel({ name: '#ops', kind: 'slack', target: '#ops' });
const schedule = {
  id: id(60),
  name: 'Backend',
  rotations: [],
  overrides: [],
  onCall: id(3),
  createdAt: at,
  updatedAt: at,
};
const policy = {
  id: id(50),
  name: 'Ops',
  isDefault: true,
  tags: ['shop'],
  steps: [
    { waitMs: 0, targets: [{ kind: 'channel', channelId: id(30) }] },
    { waitMs: 10 * min, targets: [{ kind: 'schedule', scheduleId: id(60), channelKinds: ['sms', 'voice'] }] },
  ],
  repeatTimes: 3,
  repeatAfterMs: 30 * min,
  remindEveryMs: null,
  createdAt: at,
  updatedAt: at,
};
const path = '/alerting?tab=escalation';
const network = {
  'GET /v1/channels': pageOf(slack),
  'GET /v1/on-call-schedules': pageOf(schedule),
  'GET /v1/escalation-policies': pageOf(policy),
};

const choose = async (label: string, option: string): Promise<void> => {
  await userEvent.click(screen.getByRole('combobox', { name: label }));
  await userEvent.click(await screen.findByRole('option', { name: option }));
};

test('while policies are loading the page says so', async () => {
  open(path, { ...network, 'GET /v1/escalation-policies': () => new Promise(() => undefined) });
  expect(await screen.findByText('Loading the policies')).toBeDefined();
});

test('without a policy the page says what happens', async () => {
  open(path, { ...network, 'GET /v1/escalation-policies': pageOf() });
  expect(await screen.findByText('Every channel hears of everything at once')).toBeDefined();
});

test('policies that can’t be loaded say so', async () => {
  open(path, { ...network, 'GET /v1/escalation-policies': problem(503, 'busy', 'Later.') });
  expect((await screen.findByRole('alert')).textContent).toContain('The policies could not be loaded');
});

test('a policy is told as what will happen', async () => {
  open(path, network);
  expect(
    await screen.findByText(
      'At once: Slack #ops. After 10 min: whoever is on call (Backend), by SMS and Voice call. Repeats 3 times, every 30 min, until somebody acknowledges.',
    ),
  ).toBeDefined();
});

test('a new policy sends exactly what the form says, and says what will happen while it is written', async () => {
  const { asked, router } = open(path, {
    ...network,
    'GET /v1/escalation-policies': pageOf(),
    'POST /v1/escalation-policies': { status: 201, body: policy },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Make a policy' }));
  await userEvent.type(await screen.findByLabelText('Name'), 'Ops');
  await userEvent.click(screen.getByRole('button', { name: 'Save policy' }));
  expect(await screen.findByText('Choose whom to tell.')).toBeDefined();
  await choose('Whom step 1.1 tells', 'Slack #ops');
  await userEvent.click(screen.getByRole('button', { name: 'Add a step' }));
  await choose('Whom step 2.1 tells', 'On call: Backend');
  await choose('By which kinds step 2.1 tells', 'SMS');
  const second = screen.getByRole('group', { name: 'Step 2' });
  await userEvent.click(within(second).getByRole('button', { name: 'Tell another' }));
  await choose('Whom step 2.2 tells', 'Bob');
  await userEvent.click(screen.getByRole('switch', { name: /^The default/u }));
  await userEvent.type(screen.getByRole('combobox', { name: 'Tags' }), 'shop{Enter}');
  expect(screen.getByText(/After 10 min: whoever is on call \(Backend\), by SMS; Bob\./u)).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: 'Save policy' }));
  await expect.poll(() => router.state.location.href).toBe('/alerting?tab=escalation');
  expect(await sentTo(asked, 'POST /v1/escalation-policies')).toEqual({
    name: 'Ops',
    isDefault: true,
    tags: ['shop'],
    steps: [
      { waitMs: 0, targets: [{ kind: 'channel', channelId: id(30) }] },
      {
        waitMs: 10 * min,
        targets: [
          { kind: 'schedule', scheduleId: id(60), channelKinds: ['sms'] },
          { kind: 'account', accountId: id(3), channelKinds: null },
        ],
      },
    ],
    repeatTimes: 3,
    repeatAfterMs: 30 * min,
    remindEveryMs: null,
  });
});

test('an edit stands in the URL, is sent with its version, and is not sent over a colleague’s', async () => {
  const { asked } = open(`${path}&edit=${id(50)}`, {
    ...network,
    [`GET /v1/escalation-policies/${id(50)}`]: { body: policy, headers: { etag: '"3"' } },
    [`PATCH /v1/escalation-policies/${id(50)}`]: problem(412, 'precondition-failed', 'It was changed meanwhile.'),
  });
  await userEvent.click(await screen.findByRole('switch', { name: /^Remind while it is open/u }));
  await userEvent.click(screen.getByRole('button', { name: 'Save policy' }));
  const alert = await screen.findByRole('alert');
  expect(within(alert).getByRole('button', { name: 'Load it as it is now' })).toBeDefined();
  const { id: _, createdAt: __, updatedAt: ___, ...body } = policy;
  expect(await sentTo(asked, `PATCH /v1/escalation-policies/${id(50)}`)).toEqual({ ...body, remindEveryMs: 60 * min });
  expect(asked.find(({ method }) => method === 'PATCH')?.headers.get('if-match')).toBe('"3"');
});

test('deleting says what its monitors fall back to', async () => {
  const { asked } = open(path, { ...network, [`DELETE /v1/escalation-policies/${id(50)}`]: { status: 204 } });
  await userEvent.click(await screen.findByRole('button', { name: 'Delete Ops' }));
  const dialog = await screen.findByRole('dialog');
  expect(dialog.textContent).toContain('fall back');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Delete policy' }));
  await expect.poll(() => asked.some(({ method }) => method === 'DELETE')).toBe(true);
});
