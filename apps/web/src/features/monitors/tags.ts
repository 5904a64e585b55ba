import type { MonitorView } from '@farwatch/contracts';

/** Every tag in use, in order. */
export const tagsOf = (monitors: readonly MonitorView[]): readonly string[] =>
  [...new Set(monitors.flatMap(({ tags }) => tags))].toSorted((a, b) => a.localeCompare(b));
