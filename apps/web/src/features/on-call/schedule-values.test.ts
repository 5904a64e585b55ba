import { expect, test } from 'vitest';
import { id } from '../../testing.fixture.tsx';
import { overrideBody, overrideFaults, scheduleBody, scheduleFaults, valuesOfSchedule } from './schedule-values.ts';

const zone = 'Europe/Berlin';
const schedule = (from: string, until: string) => ({
  ...{ id: id(60), name: 'Backend', rotations: [], onCall: null, createdAt: from, updatedAt: from },
  overrides: [{ from, until, accountId: id(1) }],
});

test.each([
  ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'], // half past two, twice
  ['2026-10-25T01:30:00.000Z', '2026-10-25T02:00:00.000Z'],
  ['2026-12-24T08:00:07.120Z', '2026-12-24T08:00:41.000Z'],
])('an override from %s until %s that nobody touched can be saved, and is as it was', (from, until) => {
  const values = valuesOfSchedule(schedule(from, until), zone);
  expect(scheduleFaults(values, zone)).toEqual({});
  expect(scheduleBody(values, zone).overrides).toEqual([{ from, until, accountId: id(1) }]);
});

test('a time that was changed is what the clock shows', () => {
  const [values] = valuesOfSchedule(schedule('2026-10-25T01:30:00.000Z', '2026-10-25T06:00:00.000Z'), zone).overrides;
  if (values === undefined) throw new Error('it has one override');
  expect(overrideBody({ ...values, from: '2026-10-25T04:00' }, zone)).toMatchObject({
    from: '2026-10-25T03:00:00.000Z',
    until: '2026-10-25T06:00:00.000Z',
  });
});

test('what ends before it begins, once the clock has skipped an hour, is told before it is sent', () => {
  const skipped = { from: '2026-03-29T02:15', until: '2026-03-29T03:10', accountId: id(1) };
  expect(Object.keys(overrideFaults(skipped, zone))).toEqual(['until']);
});
