import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { aMonitor, id, open, pageOf, problem, sentTo } from '../testing.fixture.tsx';
import { network, path, policy, policyBody, policyPath, schedule } from './escalation.fixture.ts';

const ladder = (): Promise<HTMLElement> => screen.findByRole('list', { name: 'Steps of Ops' });

test('while policies are loading the page says so', async () => {
  open(path, { ...network, 'GET /v1/escalation-policies': () => new Promise(() => undefined) });
  expect(await screen.findByText('Loading the policies')).toBeDefined();
});

test('without a policy the page says what happens, and offers to make one', async () => {
  const { router } = open(path, { ...network, 'GET /v1/escalation-policies': pageOf() });
  expect(await screen.findByText('Every channel hears of everything at once')).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: 'Make a policy' }));
  expect(router.state.location.href).toBe(`${path}&edit=new`);
});

test('policies that can’t be loaded say so, and are asked for again', async () => {
  const { asked } = open(path, { ...network, 'GET /v1/escalation-policies': problem(503, 'busy', 'Later.') });
  expect((await screen.findByRole('alert')).textContent).toContain('The policies could not be loaded');
  const before = asked.filter(({ url }) => url.includes('/v1/escalation-policies')).length;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await expect.poll(() => asked.filter(({ url }) => url.includes('/v1/escalation-policies')).length).toBe(before + 1);
});

test('a policy is drawn as its steps: when, whom, who that is now, and by what', async () => {
  open(path, network);
  const [first, second, third, repeats, ends] = within(await ladder())
    .getAllByRole('listitem')
    .filter((item) => item.parentElement?.getAttribute('aria-label') === 'Steps of Ops')
    .map(({ textContent }) => textContent);
  expect(first).toContain('At onceSlack #ops');
  expect(second).toMatch(/After 10 minOn call: Backend.*now Bob.*by.*SMS.*Voice call/u);
  expect(third).toMatch(/After 30 minBob.*by all their channels.*SMS.*Every channel/u);
  expect(repeats).toContain(
    'All steps 3 more times, each 30 min after the last step; the last message after 3 h 30 min',
  );
  expect(ends).toContain('Until somebody acknowledges');
});

test('a reminder is drawn only where there is one', async () => {
  open(path, {
    ...network,
    'GET /v1/escalation-policies': pageOf({ ...policy, repeatTimes: 0, remindEveryMs: 3_600_000 }),
  });
  const drawn = await ladder();
  expect(within(drawn).getByText('A reminder every 1 h')).toBeDefined();
  expect(within(drawn).getByText('Does not repeat')).toBeDefined();
});

test('a step that nobody would hear says so', async () => {
  const steps = [
    { waitMs: 0, targets: [{ kind: 'channel', channelId: id(99) }] },
    { waitMs: 0, targets: [{ kind: 'account', accountId: id(3), channelKinds: ['voice'] }] },
    { waitMs: 0, targets: [{ kind: 'account', accountId: id(1), channelKinds: null }] },
    { waitMs: 0, targets: [{ kind: 'schedule', scheduleId: id(60), channelKinds: null }] },
    { waitMs: 0, targets: [{ kind: 'schedule', scheduleId: id(61), channelKinds: null }] },
  ];
  open(path, {
    ...network,
    'GET /v1/escalation-policies': pageOf({ ...policy, steps }),
    'GET /v1/on-call-schedules': pageOf({ ...schedule, onCall: null }),
  });
  const text = (await ladder()).textContent;
  expect(text).toContain('A channel that is goneIt was deleted: nobody hears here.');
  expect(text).toContain('Bob owns no channel of these kinds: nobody hears here.');
  expect(text).toContain('ada owns no channel: nobody hears here.');
  expect(text).toContain('Nobody is on call now.');
  expect(text).toContain('On call: a schedule that is gone');
});

test('what could not be loaded is not said to be gone', async () => {
  open(path, { ...network, 'GET /v1/channels': problem(503, 'busy', 'Later.') });
  const text = (await ladder()).textContent;
  expect(text).toContain('A channel');
  expect(text).not.toContain('gone');
  expect(text).not.toContain('nobody hears');
});

test('it says which monitors follow the policy, and how many that are', async () => {
  const monitors = [
    aMonitor({ id: id(10), policyId: id(50) }),
    aMonitor({ id: id(11), tags: ['shop'] }),
    aMonitor({ id: id(12), tags: ['shop'] }),
    aMonitor({ id: id(13) }),
  ];
  open(path, { ...network, 'GET /v1/monitors': pageOf(...monitors) });
  const region = await screen.findByRole('region', { name: 'Monitors of Ops' });
  const lines = within(region)
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent);
  expect(lines).toEqual([
    'All that follow no other policy1 monitor',
    'Taggedshop2 monitors',
    'Name it in their settings1 monitor',
  ]);
});

test('a policy that no monitor follows says how that is changed', async () => {
  open(path, { ...network, 'GET /v1/escalation-policies': pageOf({ ...policy, isDefault: false, tags: [] }) });
  expect(await screen.findByText(/No monitor follows it yet/u)).toBeDefined();
});

test('a copy begins with the same steps under another name, for nobody', async () => {
  const { asked } = open(path, { ...network, 'POST /v1/escalation-policies': { status: 201, body: policy } });
  await userEvent.click(await screen.findByRole('button', { name: 'Duplicate Ops' }));
  expect(await screen.findByRole('form', { name: 'New policy' })).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: 'Save policy' }));
  expect(await screen.findByRole('button', { name: 'Edit Ops' })).toBeDefined();
  expect(await sentTo(asked, 'POST /v1/escalation-policies')).toEqual({
    ...policyBody,
    name: 'Copy of Ops',
    isDefault: false,
    tags: [],
  });
});

test('deleting names what is lost, and can be taken back', async () => {
  const { asked } = open(path, {
    ...network,
    'GET /v1/monitors': pageOf(aMonitor({ policyId: id(50) })),
    [`DELETE ${policyPath}`]: { status: 204 },
    [`POST ${policyPath}/restore`]: { body: policy },
  });
  await screen.findByText('Name it in their settings');
  await userEvent.click(screen.getByRole('button', { name: 'Delete Ops' }));
  const dialog = await screen.findByRole('dialog');
  expect(dialog.textContent).toContain('The policy goes, with its 3 steps.');
  expect(dialog.textContent).toContain('Now 1 monitor follows it.');
  expect(dialog.textContent).toContain('It is the default');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Delete policy' }));
  await expect.poll(() => asked.some(({ method }) => method === 'DELETE')).toBe(true);
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(await screen.findByText('Taken back')).toBeDefined();
  expect(asked.some(({ url }) => url.endsWith(`${policyPath}/restore`))).toBe(true);
});

test('a policy that can’t be brought back says why', async () => {
  open(path, {
    ...network,
    [`DELETE ${policyPath}`]: { status: 204 },
    [`POST ${policyPath}/restore`]: problem(409, 'schedule-gone', 'Bring the schedule back first.'),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Delete Ops' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Delete policy' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  expect((await screen.findByText('Bring the schedule back first.')).role).toBe('alert');
  expect(screen.getByRole('button', { name: 'Undo' })).toBeDefined();
});
