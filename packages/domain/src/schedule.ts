/** FNV-1a, 32 bit: spreads ids evenly, the same on every machine. */
const hash = (text: string): number => {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return h;
};

export type Slotted = Readonly<{ monitorId: string; intervalMs: number; regions: readonly string[] }>;

/**
 * Where in its interval a region looks at a monitor: the monitor's own place, shifted so that n regions look every
 * interval/n. 0 ≤ phase < intervalMs. `regions` are taken in sorted order, whatever order they come in.
 */
export const phaseOf = ({ monitorId, intervalMs, regions }: Slotted, region: string): number => {
  const place = Math.max(0, regions.toSorted().indexOf(region));
  const shift = Math.floor((place * intervalMs) / Math.max(1, regions.length));
  return ((hash(monitorId) % intervalMs) + shift) % intervalMs;
};

/** The slots in (after, until], oldest first. Slots are absolute: k × interval + phase since the epoch, no stored timer. */
export const slotsBetween = (phase: number, intervalMs: number, after: number, until: number): readonly number[] => {
  const slots: number[] = [];
  for (let at = nextSlot(phase, intervalMs, after); at <= until; at += intervalMs) slots.push(at);
  return slots;
};

/** The first slot after this moment. */
export const nextSlot = (phase: number, intervalMs: number, after: number): number =>
  (Math.floor((after - phase) / intervalMs) + 1) * intervalMs + phase;
