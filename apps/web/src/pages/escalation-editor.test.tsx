import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { id, open, pageOf, problem, sentTo } from '../testing.fixture.tsx';
import {
  choose,
  min,
  network,
  path,
  policy,
  policyBody,
  policyPath,
  previewed,
  whoOfSteps,
} from './escalation.fixture.ts';

const editing = `${path}&edit=${id(50)}`;
const save = () => userEvent.click(screen.getByRole('button', { name: 'Save policy' }));
const button = (name: string): HTMLElement => screen.getByRole('button', { name });
const before = ['Slack #ops', 'On call: Backend', 'Bob'];
const opened = async (more: Parameters<typeof open>[1] = {}) => {
  const view = open(editing, { ...network, ...more });
  await screen.findByRole('form', { name: 'Edit Ops' });
  return view;
};
const patched = `PATCH ${policyPath}`;

test('a new policy sends exactly what is drawn; what is missing is said at its field, and the focus goes there', async () => {
  const { asked, router } = open(`${path}&edit=new`, {
    ...network,
    'GET /v1/escalation-policies': pageOf(),
    'POST /v1/escalation-policies': { status: 201, body: policy },
  });
  await userEvent.type(await screen.findByLabelText('Name'), 'Ops');
  await save();
  expect(await screen.findByText('Choose whom to tell.')).toBeDefined();
  expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Whom step 1.1 tells' }));
  await choose('Whom step 1.1 tells', 'Slack #ops');
  await userEvent.click(button('Add a step'));
  expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Whom step 2.1 tells' }));
  await choose('Whom step 2.1 tells', 'On call: Backend');
  await choose('By which kinds step 2.1 tells', 'SMS');
  const second = screen.getByRole('group', { name: 'Step 2' });
  expect(second.textContent).toContain('now Bob');
  await userEvent.click(within(second).getByRole('button', { name: 'Tell another' }));
  expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Whom step 2.2 tells' }));
  await choose('Whom step 2.2 tells', 'Bob');
  await userEvent.click(screen.getByRole('switch', { name: /^The default/u }));
  await userEvent.type(screen.getByRole('combobox', { name: 'Tags' }), 'shop{Enter}');
  await save();
  await expect.poll(() => router.state.location.href).toBe(path);
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

test('by keyboard alone one comes into the editor and back to where one was', async () => {
  open(path, network);
  (await screen.findByRole('button', { name: 'Edit Ops' })).focus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => document.activeElement).toBe(await screen.findByRole('heading', { name: 'Edit Ops' }));
  await userEvent.keyboard('{Tab}');
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Name' }));
  screen.getByRole('button', { name: 'Cancel' }).focus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => document.activeElement).toBe(await screen.findByRole('button', { name: 'Edit Ops' }));
});

test('while the policy is loading the page says so', async () => {
  open(editing, { ...network, [`GET ${policyPath}`]: () => new Promise(() => undefined) });
  expect(await screen.findByText('Loading the policy')).toBeDefined();
});

test('one that can’t be loaded says so', async () => {
  open(editing, { ...network, [`GET ${policyPath}`]: problem(404, 'not-found', 'There is no such policy.') });
  expect((await screen.findByRole('alert')).textContent).toContain('There is no such policy.');
});

test('a step moved by its buttons keeps the focus, at the ends on the button that is left', async () => {
  await opened();
  expect(whoOfSteps()).toEqual(before);
  await userEvent.click(button('Move step 1 down'));
  expect(whoOfSteps()).toEqual(['On call: Backend', 'Slack #ops', 'Bob']);
  expect(document.activeElement).toBe(button('Move step 2 down'));
  expect(screen.getByText('Step 1 is step 2 of 3 now.')).toBeDefined();
  await userEvent.keyboard('{Enter}');
  expect(whoOfSteps()).toEqual(['On call: Backend', 'Bob', 'Slack #ops']);
  expect(document.activeElement).toBe(button('Move step 3 up'));
});

test('a step is moved by the keyboard from any of its fields, which keeps the focus; at the end nothing moves', async () => {
  await opened();
  const field = screen.getByRole('combobox', { name: 'Whom step 3.1 tells' });
  act(() => field.focus());
  await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');
  expect(whoOfSteps()).toEqual(['Slack #ops', 'Bob', 'On call: Backend']);
  expect(document.activeElement).toBe(field);
  await userEvent.keyboard('{Alt>}{ArrowUp}{ArrowUp}{ArrowDown}{/Alt}');
  expect(whoOfSteps()).toEqual(['Slack #ops', 'Bob', 'On call: Backend']);
  expect(document.activeElement).toBe(field);
  expect(screen.queryByRole('option')).toBeNull();
});

test('what is sent has the steps in the order they were moved to, each with its own wait', async () => {
  const { asked } = await opened({ [patched]: { body: policy } });
  await userEvent.click(button('Move step 3 up'));
  await save();
  const [first, second, third] = policyBody.steps;
  await expect.poll(() => sentTo(asked, patched)).toEqual({ ...policyBody, steps: [first, third, second] });
  expect(asked.find(({ method }) => method === 'PATCH')?.headers.get('if-match')).toBe('"3"');
});

test('a removed step leaves the way back in its place, under the focus', async () => {
  await opened();
  await userEvent.click(button('Remove step 2'));
  expect(whoOfSteps()).toEqual(['Slack #ops', 'Bob']);
  expect(screen.getByText('Step 2 was removed.')).toBeDefined();
  expect(document.activeElement).toBe(button('Undo'));
  await userEvent.keyboard('{Enter}');
  expect(whoOfSteps()).toEqual(before);
  expect(document.activeElement).toBe(button('Remove step 2'));
  expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
});

test('somebody taken out of a step leaves the way back too', async () => {
  await opened();
  await userEvent.click(button('Take Bob out of step 3'));
  expect(whoOfSteps()).toEqual(['Slack #ops', 'On call: Backend', 'Every channel']);
  expect(document.activeElement).toBe(button('Undo'));
  await userEvent.keyboard('{Enter}');
  expect(whoOfSteps()).toEqual(before);
  expect(document.activeElement).toBe(button('Take Bob out of step 3'));
});

test('the last step and the last one of a step can’t be taken out', async () => {
  open(`${path}&edit=new`, network);
  await screen.findByRole('form', { name: 'New policy' });
  expect(screen.queryByRole('button', { name: /Remove step|Take .* out/u })).toBeNull();
});

test('a wait changes the moments of the steps after it', async () => {
  await opened();
  const second = screen.getByRole('group', { name: 'Step 2' });
  const wait = within(second).getByRole('textbox', { name: 'Wait after the step before' });
  await userEvent.clear(wait);
  await userEvent.type(wait, '15');
  expect(second.textContent).toContain('After 15 min');
  expect(screen.getByRole('group', { name: 'Step 3' }).textContent).toContain('After 35 min');
});

test('what the server says of a target stands at its field, and the focus goes there', async () => {
  const detail = 'There is no such channel.';
  const errors = [{ pointer: '/steps/0/targets/0/channelId', code: 'unknown-channel', detail }];
  await opened({ [patched]: problem(400, 'validation-failed', detail, errors) });
  await userEvent.click(screen.getByRole('switch', { name: /^Remind while it is open/u }));
  await save();
  const field = screen.getByRole('combobox', { name: 'Whom step 1.1 tells' });
  await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true');
  expect(document.activeElement).toBe(field);
  expect(screen.getByRole('group', { name: 'Step 1' }).textContent).toContain(detail);
});

const changedMeanwhile = (later: unknown) => {
  let asked = 0;
  return {
    [`GET ${policyPath}`]: () =>
      asked++ === 0 ? { body: policy, headers: { etag: '"3"' } } : { body: later, headers: { etag: '"4"' } },
    [patched]: (request: Request) =>
      request.headers.get('if-match') === '"4"'
        ? { body: policy }
        : problem(412, 'precondition-failed', 'It was changed meanwhile.'),
  };
};
const theirs = { ...policy, name: 'Ops at night', steps: policy.steps.slice(0, 1) };

test('what somebody else saved meanwhile is drawn, and can be taken over', async () => {
  await opened(changedMeanwhile(theirs));
  await userEvent.click(button('Move step 1 down'));
  await save();
  const alert = await screen.findByRole('alert');
  expect(within(alert).getByRole('list', { name: 'Steps of Ops at night' })).toBeDefined();
  expect(whoOfSteps()[0]).toBe('On call: Backend');
  await userEvent.click(within(alert).getByRole('button', { name: 'Load it as it is now' }));
  expect(await screen.findByRole('form', { name: 'Edit Ops at night' })).toBeDefined();
  expect(whoOfSteps()).toEqual(['Slack #ops']);
});

test('mine is saved over theirs only when somebody says so', async () => {
  const { asked, router } = await opened(changedMeanwhile(theirs));
  await userEvent.click(button('Remove step 3'));
  await save();
  await userEvent.click(await screen.findByRole('button', { name: 'Save mine over it' }));
  await expect.poll(() => router.state.location.href).toBe(path);
  expect(await sentTo(asked, patched)).toEqual({ ...policyBody, steps: policyBody.steps.slice(0, 2) });
});

test('one that was deleted meanwhile can be saved as a new one', async () => {
  let asks = 0;
  const gone = problem(404, 'not-found', 'There is no such policy.');
  const { asked } = await opened({
    [`GET ${policyPath}`]: () => (asks++ === 0 ? { body: policy, headers: { etag: '"3"' } } : gone),
    [patched]: gone,
    'POST /v1/escalation-policies': { status: 201, body: policy },
  });
  await userEvent.click(button('Remove step 3'));
  await save();
  await userEvent.click(await screen.findByRole('button', { name: 'Save mine as a new policy' }));
  await expect
    .poll(() => sentTo(asked, 'POST /v1/escalation-policies'))
    .toEqual({ ...policyBody, steps: policyBody.steps.slice(0, 2) });
});

test('leaving what is not saved asks first; what is untouched is left at once', async () => {
  const { router } = await opened();
  await userEvent.click(button('Move step 1 down'));
  await userEvent.click(button('Cancel'));
  const dialog = await screen.findByRole('dialog', { name: 'Leave without saving?' });
  await userEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }));
  expect(router.state.location.href).toBe(editing);
  expect(whoOfSteps()[0]).toBe('On call: Backend');
  await userEvent.click(button('Move step 1 down'));
  await userEvent.click(button('Cancel'));
  await expect.poll(() => router.state.location.href).toBe(path);
});

const calm = { timeout: 4_000 };
const previews = (asked: readonly Request[]): number =>
  asked.filter(({ url }) => url.endsWith('/v1/alert-previews')).length;

test('the replay is asked for exactly what would be saved', async () => {
  const { asked } = await opened();
  await userEvent.click(button('Move step 1 down'));
  const [first, second, third] = policyBody.steps;
  await expect
    .poll(() => sentTo(asked, previewed), calm)
    .toEqual({
      change: {
        kind: 'escalation-policy',
        policyId: id(50),
        policy: { ...policyBody, steps: [second, first, third] },
      },
    });
  expect(await screen.findByText(/this would have sent 2 alerts/u)).toBeDefined();
});

test('a replay that fails says so, and is asked for again', async () => {
  let failing = true;
  await opened({
    [previewed]: () => (failing ? problem(503, 'query-too-slow', 'This took too long.') : network[previewed]),
  });
  await userEvent.click(button('Move step 1 down'));
  const fault = await screen.findByText(/The replay failed/u, {}, calm);
  expect(fault.textContent).toContain('This took too long.');
  failing = false;
  await userEvent.click(button('Try again'));
  expect(await screen.findByText(/this would have sent 2 alerts/u, {}, calm)).toBeDefined();
});

test('of a new policy nothing is replayed until it could be saved', async () => {
  const { asked } = open(`${path}&edit=new`, network);
  expect(await screen.findByText(/Once the fields are filled in/u)).toBeDefined();
  await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'Night');
  expect(previews(asked)).toBe(0);
  await choose('Whom step 1.1 tells', 'Every channel');
  await expect
    .poll(() => sentTo(asked, previewed), calm)
    .toEqual({
      change: {
        kind: 'escalation-policy',
        policyId: null,
        policy: {
          ...{
            name: 'Night',
            isDefault: false,
            tags: [],
            repeatTimes: 3,
            repeatAfterMs: 30 * min,
            remindEveryMs: null,
          },
          steps: [{ waitMs: 0, targets: [{ kind: 'everyone' }] }],
        },
      },
    });
});
