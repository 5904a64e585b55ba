import { phaseOf, slotsBetween } from '@farwatch/domain';
import { describe, expect, test } from 'vitest';
import { assignment, assignmentMap, monitorId } from './probe.fixture.ts';
import { missedWindowMs, openTimetable } from './timetable.ts';

const hour = 3_600_000;
const noon = 1_795_000_000_000;

describe('the timetable', () => {
  test('gives every slot of every monitor once, in order', () => {
    const monitors = [assignment(1), assignment(2, { intervalMs: 10_000 }), assignment(3, { intervalMs: 60_000 })];
    const timetable = openTimetable('fra');
    timetable.reset(assignmentMap(monitors), noon);
    const taken = [1, 7_000, 95_000, 95_001, 400_000].flatMap((ms) => timetable.take(noon + ms));
    const expected = monitors.flatMap((one) =>
      slotsBetween(phaseOf(one, 'fra'), one.intervalMs, noon, noon + 400_000).map((at) => `${at} ${one.monitorId}`),
    );
    expect(taken.map(({ at, monitorId: id }) => `${at} ${id}`).toSorted()).toEqual(expected.toSorted());
    expect(timetable.nextAt()).toBeGreaterThan(noon + 400_000);
  });
  test('keeps the place of a monitor whose rhythm stays, and gives a new one its next slot', () => {
    const timetable = openTimetable('fra');
    timetable.set(assignmentMap([assignment(1)]), noon);
    const due = timetable.nextAt();
    timetable.set(assignmentMap([assignment(1, { url: 'http://other/' }), assignment(2)]), due + 5_000);
    const slots = timetable.take(due + 5_000);
    expect(slots).toMatchObject([{ monitorId: monitorId(1), at: due }]);
    expect(timetable.nextAt()).toBeGreaterThan(due + 5_000);
  });
  test('begins anew with a monitor whose interval or regions change, and forgets one that is gone', () => {
    const timetable = openTimetable('fra');
    timetable.set(assignmentMap([assignment(1), assignment(2)]), noon);
    timetable.set(assignmentMap([assignment(1, { intervalMs: 10_000 })]), noon + hour);
    expect(timetable.take(noon + hour)).toEqual([]);
    expect(timetable.take(noon + hour + 10_000)).toMatchObject([{ monitorId: monitorId(1), intervalMs: 10_000 }]);
  });
  test('after a week asleep asks for ten minutes of looks, not for twenty thousand', () => {
    const timetable = openTimetable('fra');
    timetable.set(assignmentMap([assignment(1)]), noon);
    const slots = timetable.take(noon + 168 * hour);
    expect(slots.length).toBeLessThanOrEqual(missedWindowMs / 30_000 + 1);
  });
  test('without monitors has no next slot', () => {
    expect(openTimetable('fra').nextAt()).toBe(Number.POSITIVE_INFINITY);
  });
});
