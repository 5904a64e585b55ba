import { t } from '@lingui/core/macro';
import type { UseFormReturnType } from '@mantine/form';
import { useState } from 'react';
import { laterStep, newTarget, type PolicyValues, type StepValues, type TargetValues } from './policy-values.ts';
import { firstOf, useFocusNext } from './use-focus-next.ts';

export type PolicyForm = UseFormReturnType<PolicyValues>;
/** What was taken out last, and where it stood. */
export type Removed =
  | Readonly<{ kind: 'step'; at: number; step: StepValues }>
  | Readonly<{ kind: 'target'; stepKey: string; at: number; target: TargetValues }>;

const inStep = (key: string, part: string): string => `[data-step="${key}"] ${part}`;
const inTarget = (key: string, part: string): string => `[data-target="${key}"] ${part}`;
export const maxSteps = 20;
export const maxTargets = 50;

/** What can be done to the steps of a policy; each act says what it did and leaves the focus where one goes on. */
export const useSteps = (form: PolicyForm) => {
  const { root, focusNext } = useFocusNext<HTMLFormElement>();
  const [removed, setRemoved] = useState<Removed | null>(null);
  const [said, say] = useState('');
  const { steps } = form.values;
  const settle = (words: string, gone: Removed | null = null): void => {
    say(words);
    setRemoved(gone);
  };
  const placeOf = (key: string): number => steps.findIndex((step) => step.key === key);

  const addStep = (): void => {
    const step = laterStep();
    form.insertListItem('steps', step);
    settle(t`Step ${steps.length + 1} added.`);
    focusNext(firstOf(inStep(step.key, '[data-who]')));
  };
  const moveStep = (from: number, by: 1 | -1): void => {
    const to = from + by;
    const step = steps[from];
    if (step === undefined || to < 0 || to >= steps.length) return;
    const held = document.activeElement;
    form.reorderListItem('steps', { from, to });
    settle(t`Step ${from + 1} is step ${to + 1} of ${steps.length} now.`);
    focusNext((within) =>
      held instanceof HTMLElement && within.contains(held) && !held.matches(':disabled')
        ? held
        : firstOf(inStep(step.key, '[data-move]'))(within),
    );
  };
  const removeStep = (at: number): void => {
    const step = steps[at];
    if (step === undefined || steps.length === 1) return;
    form.removeListItem('steps', at);
    settle(t`Step ${at + 1} removed.`, { kind: 'step', at, step });
    focusNext(firstOf('[data-undo]'));
  };
  const addTarget = (stepKey: string): void => {
    const target = newTarget();
    form.insertListItem(`steps.${placeOf(stepKey)}.targets`, target);
    settle('');
    focusNext(firstOf(inTarget(target.key, '[data-who]')));
  };
  const removeTarget = (stepKey: string, at: number): void => {
    const target = steps[placeOf(stepKey)]?.targets[at];
    if (target === undefined) return;
    form.removeListItem(`steps.${placeOf(stepKey)}.targets`, at);
    settle(t`Taken out of step ${placeOf(stepKey) + 1}.`, { kind: 'target', stepKey, at, target });
    focusNext(firstOf('[data-undo]'));
  };
  const undo = (): void => {
    if (removed === null) return;
    if (removed.kind === 'step') {
      form.insertListItem('steps', removed.step, removed.at);
      focusNext(firstOf(inStep(removed.step.key, '[data-remove-step]'), inStep(removed.step.key, '[data-who]')));
    } else {
      form.insertListItem(`steps.${placeOf(removed.stepKey)}.targets`, removed.target, removed.at);
      focusNext(firstOf(inTarget(removed.target.key, '[data-remove]')));
    }
    settle(t`It is back.`);
  };
  const focusFault = (): void => focusNext(firstOf('[aria-invalid="true"]'));
  return { root, removed, said, addStep, moveStep, removeStep, addTarget, removeTarget, undo, focusFault };
};
export type Steps = ReturnType<typeof useSteps>;
