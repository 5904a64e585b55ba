/** One entry of a text as its reader understood it. `monitor` is what it says, not judged yet; null: see `fault`. */
export type Entry = Readonly<{
  at: number;
  name: string;
  monitor: Readonly<Record<string, unknown>> | null;
  paused: boolean;
  fault: string | null;
  notes: readonly string[];
}>;

export const proposed = (at: number, monitor: Record<string, unknown>, more: Partial<Entry> = {}): Entry => ({
  ...{ at, name: String(monitor.name ?? monitor.url ?? ''), monitor, paused: false, fault: null, notes: [] },
  ...more,
});
export const refused = (at: number, name: string, fault: string): Entry => ({
  ...{ at, name: name.slice(0, 200), monitor: null, paused: false, fault, notes: [] },
});

/** The text is not what it was said to be; the message is for whoever sent it. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';
}
