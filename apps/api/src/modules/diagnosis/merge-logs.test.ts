import type { CauseCount, LogReading } from '@farwatch/diagnosis';
import { expect, test } from 'vitest';
import { mergeLogs } from './merge-logs.ts';

const count = (cause: CauseCount['cause'], n: number, firstAt: number | null = null): CauseCount => ({
  ...{ cause, upstream: null, count: n, within: n, firstAt, lastAt: firstAt, example: 'x' },
});
const reading = (more: Partial<LogReading>): LogReading => ({
  ...{ formats: ['nginx'], lines: 1, others: 0, unknown: 0, unknownExamples: [], shiftMs: 0, counts: [], entries: [] },
  ...more,
});

test('no log is none, and one is itself', () => {
  const one = reading({ lines: 7 });
  expect([mergeLogs([]), mergeLogs([one])]).toEqual([null, one]);
});

test('several say together what each has counted', () => {
  const merged = mergeLogs([
    reading({ shiftMs: 5, counts: [count('origin-timeout', 1, 9), count('socket-missing', 3)] }),
    reading({ formats: ['php-fpm'], counts: [count('origin-timeout', 4, 2)] }),
  ]);
  expect(merged).toMatchObject({ formats: ['nginx', 'php-fpm'], lines: 2, shiftMs: 5 });
  expect(merged?.counts.map((one) => [one.cause, one.within, one.firstAt, one.lastAt])).toEqual([
    ['origin-timeout', 5, 2, 9],
    ['socket-missing', 3, null, null],
  ]);
});
