import type { MessageDescriptor } from '@lingui/core';
import { pointsOf, silentMsOf, type Times, type TimesPoint } from './chart-data.ts';
import type { PlotLine } from './chart-plot.ts';
import { phaseNames } from './phases.tsx';

export type PhaseKey = Exclude<(typeof phaseNames)[number][0], 'requestMs'>;
type ChartPhase = Readonly<{ key: PhaseKey; name: MessageDescriptor; colour: string }>;
/** In the order in which a look goes through them; sending the request is part of the first byte here. */
export const chartPhases: readonly ChartPhase[] = phaseNames.flatMap(([key, name, look]) =>
  key === 'requestMs' ? [] : [{ key, name, colour: `--fw-phase-${look}` }],
);

/** One region's times, or those of all together. */
export type PhaseTimes = Pick<Times, 'points' | 'phases'>;
export const timesFrom = (times: Times, region: string | null): PhaseTimes =>
  region === null ? times : (times.series.find((one) => one.region === region) ?? { points: [], phases: null });

/** How long the first of the phases up to this one took together, without those that are put away. */
const upTo =
  (last: number, hidden: ReadonlySet<string>) =>
  ({ phases }: TimesPoint): number | null =>
    phases === null || phases === undefined
      ? null
      : chartPhases.slice(0, last + 1).reduce((sum, { key }) => sum + (hidden.has(key) ? 0 : phases[key]), 0);

export type PhaseBand = PlotLine & Readonly<{ key: PhaseKey; points: ReturnType<typeof pointsOf> }>;

/** Bands that lie upon each other, the uppermost first: the last phase, which is where a look ends. */
export const phaseBands = (
  times: Times,
  region: string | null,
  { hidden, intervalMs }: Readonly<{ hidden: ReadonlySet<string>; intervalMs: number }>,
): readonly PhaseBand[] => {
  const silentMs = silentMsOf(times, intervalMs);
  const { points } = timesFrom(times, region);
  return chartPhases
    .map(({ key, colour }, index) => ({
      ...{ key, colour, label: key, look: 'band' as const },
      points: pointsOf(points, upTo(index, hidden), { silentMs }),
    }))
    .filter(({ key }) => !hidden.has(key))
    .toReversed();
};

/** What part of the whole a phase is, in whole percent. */
export const shareOf = (phases: NonNullable<PhaseTimes['phases']>, key: PhaseKey): number => {
  const whole = chartPhases.reduce((sum, phase) => sum + phases[phase.key], 0);
  return whole === 0 ? 0 : Math.round((phases[key] / whole) * 100);
};
