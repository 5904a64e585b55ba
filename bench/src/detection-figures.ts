import type { Bounds, Found, Review } from './outages.ts';
import type { Figure } from './report.ts';

const rank = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};

/** Which looks a burst gives a monitor changes after half a minute. */
const denseMs = 30_000;

type Bounded = Found & Readonly<{ bounds: Bounds }>;
const startHolds = ({ bounds: { lastGoodAt, firstBadAt }, downAt }: Bounded): boolean =>
  lastGoodAt <= downAt && downAt <= firstBadAt;
const clearHolds = ({ bounds: { lastBadAt, firstGoodAt }, upAt }: Bounded): boolean =>
  lastBadAt <= upAt && upAt <= firstGoodAt;
const startWidth = ({ bounds }: Bounded): number => bounds.firstBadAt - bounds.lastGoodAt;
const clearWidth = ({ bounds }: Bounded): number => bounds.firstGoodAt - bounds.lastBadAt;
/** From the incident's start, which the burst is reckoned from, to the true clear. */
const lasted = ({ incident, upAt }: Found): number => upAt - Date.parse(incident?.startedAt ?? '');

const boundsFigures = (found: readonly Bounded[], words: (text: string) => string): readonly Figure[] => {
  const share = (holds: (one: Bounded) => boolean): number => (100 * found.filter(holds).length) / found.length;
  const dense = found.filter((one) => lasted(one) <= denseMs);
  const sparse = found.filter((one) => lasted(one) > denseMs);
  return [
    { name: words('true start inside its bounds'), value: share(startHolds), unit: '%' },
    { name: words('true clear inside its bounds'), value: share(clearHolds), unit: '%' },
    { name: words('width of the start, median'), value: rank(found.map(startWidth), 0.5), unit: 'ms' },
    {
      name: words('width of a clear in the first half minute, median'),
      value: rank(dense.map(clearWidth), 0.5),
      unit: 'ms',
    },
    { name: words('width of a later clear, median'), value: rank(sparse.map(clearWidth), 0.5), unit: 'ms' },
  ];
};

/** When the alert of each incident was taken, epoch ms. */
type Heard = ReadonlyMap<string, number>;
export const detectionFigures = (
  { found, falseIncidents }: Review,
  heard: Heard,
  suffix: string,
): readonly Figure[] => {
  const words = (text: string): string => `${text}, ${suffix}`;
  const alerted = found.flatMap(({ incident, downAt }) => {
    const at = incident === null ? undefined : heard.get(incident.id);
    return incident === null || at === undefined
      ? []
      : [{ check: at - Date.parse(incident.startedAt), start: at - downAt }];
  });
  const checks = alerted.map(({ check }) => check);
  const starts = alerted.map(({ start }) => start);
  const bounded = found.flatMap(({ bounds, ...one }) =>
    bounds === null || one.incident === null ? [] : [{ ...one, bounds }],
  );
  return [
    { name: words('outages'), value: found.length, unit: 'outages' },
    { name: words('outages without an alert'), value: found.length - alerted.length, unit: 'outages' },
    { name: words('incidents without an outage'), value: falseIncidents, unit: 'incidents' },
    { name: words('first failing check to alert taken, p50'), value: rank(checks, 0.5), unit: 'ms' },
    { name: words('first failing check to alert taken, p99'), value: rank(checks, 0.99), unit: 'ms' },
    { name: words('true start to alert taken, p50'), value: rank(starts, 0.5), unit: 'ms' },
    { name: words('true start to alert taken, most'), value: Math.max(...starts), unit: 'ms' },
    ...boundsFigures(bounded, words),
  ];
};

/** Where one failing look is enough: from its end to the webhook, which is all that is ours. */
export const directFigures = ({ found }: Review, heard: Heard, suffix: string): readonly Figure[] => {
  const waits = found.flatMap(({ incident, firstBadEndAt }) => {
    const at = incident === null ? undefined : heard.get(incident.id);
    return at === undefined ? [] : [at - firstBadEndAt];
  });
  return [
    { name: `outages, ${suffix}`, value: found.length, unit: 'outages' },
    { name: `outages without an alert, ${suffix}`, value: found.length - waits.length, unit: 'outages' },
    { name: `failing check to webhook, p50, ${suffix}`, value: rank(waits, 0.5), unit: 'ms' },
    { name: `failing check to webhook, p99, ${suffix}`, value: rank(waits, 0.99), unit: 'ms' },
  ];
};

/** From each incident's first failing check to its mail, one organisation each. */
export const mailFigures = ({ found }: Review, mailed: Heard, suffix: string): readonly Figure[] => {
  const waits = found.flatMap(({ incident }) => {
    const at = incident === null ? undefined : mailed.get(incident.id);
    return incident === null || at === undefined ? [] : [at - Date.parse(incident.startedAt)];
  });
  return [
    { name: `outages, ${suffix}`, value: found.length, unit: 'outages' },
    { name: `outages without a mail, ${suffix}`, value: found.length - waits.length, unit: 'outages' },
    { name: `first failing check to mail taken, p50, ${suffix}`, value: rank(waits, 0.5), unit: 'ms' },
    { name: `first failing check to mail taken, p99, ${suffix}`, value: rank(waits, 0.99), unit: 'ms' },
  ];
};
