import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { id, open, problem, sentTo } from '../testing.fixture.tsx';
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
  previewed,
  save,
  whoOfSteps,
} from './escalation.fixture.ts';

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

const calm = { timeout: 4_000 };

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
