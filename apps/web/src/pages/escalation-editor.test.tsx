import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { id, open, pageOf, problem, sentTo } from '../testing.fixture.tsx';
import {
  button,
  choose,
  editing,
  min,
  network,
  opened,
  patched,
  path,
  policy,
  policyBody,
  policyPath,
  save,
  whoOfSteps,
} from './escalation.fixture.ts';

const before = ['Slack #ops', 'On call: Backend', 'Bob'];

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
