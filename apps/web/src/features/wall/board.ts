import type { MonitorStatus, MonitorView } from '@farwatch/contracts';
import { inOrder } from '../../ui/in-order.ts';

export type Cause = Readonly<{ since: string; summary: string }>;
/** A monitor that needs eyes, with what is known of why. */
export type Failing = Readonly<{ monitor: MonitorView; since: string; summary: string | null }>;
export type Board = Readonly<{
  counts: readonly Readonly<{ status: MonitorStatus; count: number }>[];
  failing: readonly Failing[];
  /** Failing ones for which there is no room large. */
  more: number;
  tiles: readonly MonitorView[];
}>;

const bad = ['down', 'flapping', 'degraded'] as const satisfies MonitorStatus[];
const isBad = ({ status }: MonitorView): boolean => bad.some((each) => each === status);
/** So many are read from across the room. */
const large = 6;
const order = ['down', 'flapping', 'degraded', 'unknown', 'maintenance', 'pending', 'up', 'paused'] as const;
const rank = ({ status }: MonitorView): number => order.indexOf(status);

const withTag = (monitors: readonly MonitorView[], tag: string | undefined): readonly MonitorView[] => {
  const wanted = tag?.split(',').filter((each) => each !== '') ?? [];
  return wanted.length === 0 ? monitors : monitors.filter(({ tags }) => wanted.some((each) => tags.includes(each)));
};

/** What stands on the wall: the failing ones large, longest first among equals, and a tile for each of the others. */
export const boardOf = (
  all: readonly MonitorView[],
  causes: ReadonlyMap<string, Cause>,
  tag: string | undefined,
): Board => {
  const monitors = withTag(all, tag).toSorted((a, b) => rank(a) - rank(b) || inOrder(a.name, b.name));
  const failing = monitors
    .filter(isBad)
    .map((monitor): Failing => {
      const cause = causes.get(monitor.id);
      return { monitor, since: cause?.since ?? monitor.statusSince, summary: cause?.summary ?? null };
    })
    .toSorted((a, b) => rank(a.monitor) - rank(b.monitor) || (a.since < b.since ? -1 : 1));
  const shown = new Set(failing.slice(0, large).map(({ monitor }) => monitor.id));
  return {
    counts: order
      .map((status) => ({ status, count: monitors.filter((monitor) => monitor.status === status).length }))
      .filter(({ status, count }) => count > 0 || status === 'down' || status === 'up'),
    failing: failing.slice(0, large),
    more: Math.max(0, failing.length - large),
    tiles: monitors.filter(({ id }) => !shown.has(id)),
  };
};
