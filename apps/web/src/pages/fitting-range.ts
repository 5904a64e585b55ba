import type { MonitorView } from '@farwatch/contracts';
import type { Range } from '../features/results/queries.ts';

const youngMs = 12 * 3_600_000;

/** A monitor made a moment ago has nothing to show for a whole day. */
export const fittingRange = ({ createdAt }: MonitorView): Range =>
  Date.now() - Date.parse(createdAt) < youngMs ? '1h' : '24h';
