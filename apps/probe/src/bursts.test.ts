import type { Assignment } from '@farwatch/contracts';
import { nextSlot, phaseOf } from '@farwatch/domain';
import { describe, expect, test } from 'vitest';
import { openBursts } from './bursts.ts';
import { assignment, assignmentMap, fakeClock, monitorId } from './probe.fixture.ts';

const noon = 1_795_000_000_000;
const regions = ['ams', 'fra', 'iad'];

const stage = (known: readonly number[], places = 2) => {
  const clock = fakeClock(noon + 500);
  let map = assignmentMap(known.map((n) => assignment(n, { regions })));
  const api = { away: false, pulls: 0, brings: [] as number[] };
  const looks: { n: number; at: number }[] = [];
  const ends: (() => void)[] = [];
  const looking = { slow: false, atWork: new Set<string>() };
  const bursts = openBursts({
    ...{ region: 'fra', places, clock },
    assignments: {
      current: () => map,
      pull: async () => {
        api.pulls += 1;
        if (api.away) return 'away';
        map = assignmentMap([...known, ...api.brings].map((n) => assignment(n, { regions })));
        return 'changed';
      },
    },
    isBeingLookedAt: (id) => looking.atWork.has(id),
    run: ({ monitorId: id }: Assignment, at) => {
      looks.push({ n: Number(id.slice(-1)), at: at - noon });
      return looking.slow ? new Promise((resolve) => ends.push(resolve)) : Promise.resolve();
    },
  });
  const ask = (n: number, kind: 'begin' | 'end' = 'begin', startedAt = noon) =>
    bursts.handle(monitorId(n), { kind, startedAt, regions });
  const change = (given: Partial<Assignment>): void => {
    map = assignmentMap(known.map((n) => assignment(n, { regions, ...given })));
    bursts.assign(map);
  };
  const at = (n: number): readonly number[] => looks.filter((one) => one.n === n).map((one) => one.at);
  return { clock, bursts, api, looks, looking, ends, ask, change, at };
};
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a burst', () => {
  test('looks in this region’s turns until ten minutes are over, and then no more', async () => {
    const probe = stage([1]);
    await probe.ask(1);
    for (let second = 0; second < 700; second++) {
      probe.clock.advance(1_000);
      await settle();
    }
    expect(probe.at(1).slice(0, 6)).toEqual([2_000, 8_000, 14_000, 20_000, 26_000, 35_000]);
    expect(probe.at(1).at(-1)).toBeLessThanOrEqual(600_000);
    expect(probe.bursts.size()).toBe(0);
  });
  test('leaves out a look that a slot is as near as', async () => {
    const slot = nextSlot(phaseOf(assignment(1, { regions }), 'fra'), 30_000, noon);
    const probe = stage([1]);
    await probe.ask(1, 'begin', slot - 8_000); // fra's turns: 2 s, 8 s, 14 s, … after that
    for (let second = 0; second < 40; second++) {
      probe.clock.advance(1_000);
      await settle();
    }
    const turns = probe.at(1).map((at) => at + noon - slot);
    expect(turns).toContain(6_000);
    expect(turns).not.toContain(0);
  });
  test('ends at once when the incident does, also when the end comes first', async () => {
    const probe = stage([1, 2]);
    await probe.ask(1);
    probe.clock.advance(9_000);
    await probe.ask(1, 'end', noon + 9_000);
    await probe.ask(2, 'end', noon + 9_000);
    await probe.ask(2);
    probe.clock.advance(60_000);
    expect([probe.at(1), probe.at(2)]).toEqual([[2_000, 8_000], []]);
  });
  test('of the next incident is not ended by a late word of the one before', async () => {
    const probe = stage([1]);
    await probe.ask(1, 'begin', noon);
    await probe.ask(1, 'end', noon - 60_000);
    probe.clock.advance(3_000);
    expect(probe.at(1)).toEqual([2_000]);
  });
  test('asked for twice is one', async () => {
    const probe = stage([1]);
    await probe.ask(1);
    await probe.ask(1);
    probe.clock.advance(3_000);
    expect(probe.at(1)).toEqual([2_000]);
  });
  test.each([
    ['paused or deleted', null],
    ['changed', { url: 'http://127.0.0.1/new' }],
  ])('ends when its monitor is %s', async (_, given) => {
    const probe = stage([1]);
    await probe.ask(1);
    if (given === null) probe.bursts.assign(new Map());
    else probe.change(given);
    probe.clock.advance(60_000);
    expect(probe.looks).toEqual([]);
  });
  test('leaves out a look at a monitor that is being looked at', async () => {
    const probe = stage([1]);
    await probe.ask(1);
    probe.looking.atWork.add(monitorId(1));
    probe.clock.advance(3_000);
    probe.looking.atWork.clear();
    probe.clock.advance(6_000);
    expect(probe.at(1)).toEqual([8_000]);
  });
  test('has only so many places; the slots keep theirs', async () => {
    const probe = stage([1, 2, 3, 4], 2);
    probe.looking.slow = true;
    for (const n of [1, 2, 3, 4]) await probe.ask(n);
    probe.clock.advance(3_000);
    expect(probe.looks).toHaveLength(2);
    for (const end of probe.ends) end();
    await settle();
    probe.clock.advance(6_000);
    expect(probe.looks).toHaveLength(4);
  });
  test('that is long over, or comes for another’s monitor, begins nothing', async () => {
    const probe = stage([1]);
    await probe.ask(1, 'begin', noon - 600_000);
    await probe.ask(7);
    expect([probe.bursts.size(), probe.api.pulls]).toEqual([0, 1]);
  });
  test('of a monitor not known yet pulls first, and is asked for again while the API is away', async () => {
    const probe = stage([]);
    probe.api.away = true;
    await expect(probe.ask(5)).rejects.toThrow('the API is away');
    probe.api.away = false;
    probe.api.brings.push(5);
    await probe.ask(5);
    probe.clock.advance(3_000);
    expect(probe.at(5)).toEqual([2_000]);
  });
});
