import type { NewPolicy } from '@farwatch/contracts';
import { nextStep, startEscalation } from '@farwatch/domain';
import { expect, test } from 'vitest';
import { lastMoment, stepMoments, whenText } from './step-times.ts';

const min = 60_000;
const waits = (...minutes: readonly number[]): NewPolicy['steps'] =>
  minutes.map((wait) => ({ waitMs: wait * min, targets: [{ kind: 'everyone' }] }));

test('waits are added up: a step’s moment counts from the start of the incident', () => {
  expect(stepMoments(waits(0, 10, 20))).toEqual([0, 10 * min, 30 * min]);
});

test.each([
  [
    [0, 10, 20],
    ['At once', 'After 10 min', 'After 30 min'],
  ],
  [
    [5, 0],
    ['After 5 min', 'At the same moment'],
  ],
  [
    [0, 0],
    ['At once', 'At the same moment'],
  ],
])('steps that wait %j minutes are told %j', (minutes, words) => {
  const steps = waits(...minutes);
  expect(steps.map((_, index) => whenText(steps, index))).toEqual(words);
});

test.each([
  [waits(0), 0, 0],
  [waits(0), 2, 0],
  [waits(0, 5), 2, 15 * min],
  [waits(2, 5), 1, 15 * min],
  [waits(3, 0, 60), 4, 30 * min],
])('the last message comes when the rules send it', (steps, repeatTimes, repeatAfterMs) => {
  const policy = { steps, repeatTimes, repeatAfterMs, remindEveryMs: null };
  let state = startEscalation(policy, 0, 0);
  let last = 0;
  while (state.dueAt !== null) {
    last = state.dueAt;
    state = nextStep(policy, state, last);
  }
  expect(lastMoment({ name: 'Ops', ...policy })).toBe(last);
});
