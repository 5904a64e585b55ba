import type { NewPolicy } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { durationText } from '../../ui/duration.tsx';

type Waits = readonly Readonly<{ waitMs: number }>[];

/** When each step is told, counted from the start of the incident. */
export const stepMoments = (steps: Waits): readonly number[] => {
  let since = 0;
  return steps.map(({ waitMs }) => {
    since += waitMs;
    return since;
  });
};

/** The moment of a step, as one says it. */
export const whenText = (steps: Waits, index: number): string => {
  const since = stepMoments(steps)[index] ?? 0;
  if (since === 0 && index === 0) return t`At once`;
  return steps[index]?.waitMs === 0 ? t`At the same moment` : t`After ${durationText(since)}`;
};

/** A round that begins again at once would be one burst of messages: the rules keep them apart. */
const shortestRoundMs = 60_000;

/** When the last step of the last round is told, if nobody acknowledges. */
export const lastMoment = ({ steps, repeatTimes = 0, repeatAfterMs = 0 }: NewPolicy): number => {
  const last = stepMoments(steps).at(-1) ?? 0;
  const first = steps[0]?.waitMs ?? 0;
  return last + repeatTimes * (Math.max(repeatAfterMs + first, shortestRoundMs) + last - first);
};
