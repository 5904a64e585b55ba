import { beganAt } from '../case.fixture.ts';
import type { Cause } from '../causes.ts';
import type { LogReading } from '../logs/reading.ts';

/** A log in which every line says this, of this upstream. */
export const logOf = (cause: Cause, upstream: string | null, more: Partial<LogReading> = {}): LogReading => ({
  ...{ formats: ['nginx'], lines: 40, others: 0, unknown: 0, unknownExamples: [], shiftMs: 0, entries: [] },
  counts: [{ ...{ cause, upstream, count: 40, within: 40, example: '' }, firstAt: beganAt, lastAt: beganAt + 60_000 }],
  ...more,
});
