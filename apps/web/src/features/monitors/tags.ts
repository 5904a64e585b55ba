import type { MonitorView } from '@farwatch/contracts';
import { inOrder } from '../../ui/in-order.ts';

/** Every tag in use, in order. */
export const tagsOf = (monitors: readonly MonitorView[]): readonly string[] =>
  [...new Set(monitors.flatMap(({ tags }) => tags))].toSorted((a, b) => inOrder(a, b));
