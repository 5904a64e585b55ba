import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  defaultPolicy,
  type EscalationPolicy,
  type EscalationState,
  nextStep,
  snoozedUntil,
  startEscalation,
} from './escalation.ts';

const minute = 60_000;
const policyOf = (waits: readonly number[], over: Partial<EscalationPolicy> = {}): EscalationPolicy => ({
  ...defaultPolicy,
  steps: waits.map((wait) => ({ waitMs: wait * minute, targets: [{ kind: 'everyone' }] })),
  ...over,
});

/** Told at the very moment each step is due: `round.step@minutes`. */
const story = (policy: EscalationPolicy, alertAfterMs = 0): string => {
  const told: string[] = [];
  let state = startEscalation(policy, 0, alertAfterMs);
  while (state.dueAt !== null) {
    told.push(`${state.round}.${state.step}@${state.dueAt / minute}`);
    state = nextStep(policy, state, state.dueAt);
  }
  return told.join(' ');
};

test.each<[string, EscalationPolicy, number, string]>([
  ['without a policy everybody hears at once, and once', defaultPolicy, 0, '0.0@0'],
  ['each wait counts from the step before', policyOf([0, 5, 10]), 0, '0.0@0 0.1@5 0.2@15'],
  ['the first wait counts from the opening', policyOf([3, 5]), 0, '0.0@3 0.1@8'],
  ['nothing before "alert after", the rest counts from there', policyOf([0, 5]), 10, '0.0@10 0.1@15'],
  ['the first wait and "alert after" run side by side', policyOf([3, 5]), 2, '0.0@3 0.1@8'],
  [
    'the ladder runs again as often as it says',
    policyOf([0, 5], { repeatTimes: 2, repeatAfterMs: 15 * minute }),
    0,
    '0.0@0 0.1@5 1.0@20 1.1@25 2.0@40 2.1@45',
  ],
  [
    'a round that begins again waits for its first step too',
    policyOf([2, 5], { repeatTimes: 1, repeatAfterMs: 15 * minute }),
    0,
    '0.0@2 0.1@7 1.0@24 1.1@29',
  ],
  ['rounds without a wait are a minute apart', policyOf([0], { repeatTimes: 2 }), 0, '0.0@0 1.0@1 2.0@2'],
  ['no steps, no news', policyOf([]), 0, ''],
])('%s', (_, policy, alertAfter, told) => expect(story(policy, alertAfter * minute)).toBe(told));

test('a worker that was away for hours tells one step and plans the next from now', () => {
  const policy = policyOf([0, 5, 5, 5]);
  const late = 4 * 60 * minute;
  const state = nextStep(policy, startEscalation(policy, 0, 0), late);
  expect(state).toEqual({ round: 0, step: 1, dueAt: late + 5 * minute });
});

test('a ladder that was stopped half way does not start again', () => {
  const stopped: EscalationState = { round: 0, step: 1, dueAt: null };
  expect(nextStep(policyOf([0, 5, 5], { repeatTimes: 3 }), stopped, 1)).toEqual(stopped);
  expect(snoozedUntil(stopped, 10)).toEqual(stopped);
});

test.each([
  [5, 10, 10],
  [5, 3, 5],
])('due at %i, snoozed until %i: due at %i', (dueAt, until, expected) => {
  expect(snoozedUntil({ round: 0, step: 0, dueAt }, until).dueAt).toBe(expected);
});

const policies = fc.record({
  steps: fc.array(fc.record({ waitMs: fc.nat(60 * minute), targets: fc.constant([{ kind: 'everyone' } as const]) }), {
    minLength: 1,
    maxLength: 6,
  }),
  repeatTimes: fc.nat(5),
  repeatAfterMs: fc.nat(60 * minute),
  remindEveryMs: fc.constant(null),
});
const moments = fc.array(fc.record({ lag: fc.integer({ min: -5 * minute, max: 600 * minute }), snooze: fc.nat(9) }), {
  minLength: 1,
});

test('every step of every round is told once, in order, then the ladder ends; what is due never moves forward', () => {
  fc.assert(
    fc.property(policies, fc.nat(30 * minute), moments, (policy, alertAfterMs, lags) => {
      const told: string[] = [];
      const most = policy.steps.length * (policy.repeatTimes + 1);
      let state = startEscalation(policy, 1_000, alertAfterMs);
      expect(state.dueAt).toBeGreaterThanOrEqual(1_000 + alertAfterMs);
      for (let i = 0; state.dueAt !== null && i <= most; i++) {
        const { lag, snooze } = lags[i % lags.length] ?? { lag: 0, snooze: 0 };
        const before = state.dueAt;
        if (snooze === 0) state = snoozedUntil(state, before + 30 * minute);
        told.push(`${state.round}.${state.step}`);
        state = nextStep(policy, state, before + lag);
        if (state.dueAt !== null) expect(state.dueAt).toBeGreaterThanOrEqual(before);
      }
      const all = Array.from({ length: policy.repeatTimes + 1 }, (_, r) => policy.steps.map((__, s) => `${r}.${s}`));
      expect([told, state.dueAt]).toEqual([all.flat(), null]);
    }),
  );
});
