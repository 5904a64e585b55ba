import type { CheckResult } from '@farwatch/domain';
import { expect, test } from 'vitest';
import { resultOf } from '../../world.fixture.ts';
import { byTelling, eachKindOnce, otherLook } from './pick-look.ts';

const cause = { kind: 'status', status: 502 } as const;
const look = (word: string, at: number, kept = '', more: Partial<CheckResult> = {}) => ({
  result: resultOf('m', word, at, more),
  ...{ answered: kept.includes('answer'), twin: kept.includes('twin') },
});
const order = (...looks: readonly ReturnType<typeof look>[]) =>
  byTelling(looks, cause).map(({ scheduledAt }) => scheduledAt);

test('what opened it goes first, then what asked the origin, then what was answered, then the earliest', () => {
  expect(order(look('504', 1, 'answer twin'), look('502', 2))).toEqual([2, 1]);
  expect(order(look('502', 1, 'answer'), look('502', 2, 'twin'))).toEqual([2, 1]);
  expect(order(look('502', 1), look('502', 2, 'answer'))).toEqual([2, 1]);
  expect(order(look('502', 2, 'answer'), look('502', 1, 'answer'))).toEqual([1, 2]);
});

test('of what a region saw again and again the first is taken', () => {
  const looks = [look('502', 1), look('502', 2), look('504', 3), look('502', 4, '', { region: 'fra' })];
  expect(eachKindOnce(looks.map(({ result }) => result)).map(({ scheduledAt }) => scheduledAt)).toEqual([1, 3, 4]);
});

test('a look that saw nothing says nothing of others', () => {
  expect(otherLook(resultOf('m', 'missed', 1))).toBeNull();
  expect(otherLook(resultOf('m', 'up', 1))).toMatchObject({ verdict: 'good', code: null });
  expect(otherLook(resultOf('m', 'refused', 1))).toMatchObject({ verdict: 'bad', code: 'connect:ECONNREFUSED' });
});
