import { phaseOf } from '@farwatch/domain';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { assignment, monitorId } from './probe.fixture.ts';
import { isIn, mostProcesses, nameOfShare, ofShare, parseShare, sharesOf, wholeRegion } from './share.ts';

const ids = [
  ...Array.from({ length: 2_000 }, (_, n) => monitorId(n)),
  ...Array.from({ length: 2_000 }, () => uuidv7()),
];

describe('the shares of a region', () => {
  test.each([1, 2, 3, 7, mostProcesses])('%i of them hold every monitor exactly once', (processes) => {
    const shares = sharesOf(processes);
    expect(ids.filter((id) => shares.filter((share) => isIn(share, id)).length !== 1)).toEqual([]);
  });
  test.each([2, 4, 8])('%i of them are about as large', (processes) => {
    for (const share of sharesOf(processes)) {
      const part = (ids.filter((id) => isIn(share, id)).length * processes) / ids.length;
      expect(part).toBeGreaterThan(0.8);
      expect(part).toBeLessThan(1.2);
    }
  });
  test.each([1_000, 30_000])('each has its slots spread over an interval of %i ms', (intervalMs) => {
    for (const share of sharesOf(4)) {
      const phases = ids
        .filter((id) => isIn(share, id))
        .map((id) => phaseOf(assignment(0, { monitorId: id, intervalMs }), 'fra'));
      for (let part = 0; part < 4; part++) {
        const here = phases.filter((phase) => Math.floor((phase * 4) / intervalMs) === part);
        expect(here.length / phases.length).toBeGreaterThan(0.18);
      }
      const odd = phases.filter((phase) => phase % 2 === 1).length / phases.length;
      expect(odd).toBeGreaterThan(0.4);
      expect(odd).toBeLessThan(0.6);
    }
  });
  test('do not change from one version to the next: what was told of a monitor lies with its share', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8].map((n) => sharesOf(4).findIndex((share) => isIn(share, monitorId(n))))).toEqual([
      3, 2, 2, 1, 3, 1, 2, 0,
    ]);
  });
  test('of one process is all there is, and costs nothing', () => {
    const all = new Map([['a', 1]]);
    expect(ofShare(wholeRegion, all)).toBe(all);
    expect([...sharesOf(2).flatMap((share) => [...ofShare(share, all)])]).toEqual([['a', 1]]);
  });
});

test('a share is read as it is written', () => {
  for (const share of sharesOf(12)) expect(parseShare(nameOfShare(share))).toEqual(share);
});
test.each(['4/4', '0/0', '0/65', '-1/4', '1', 'a/b', ''])('%s names no share', (text) =>
  expect(parseShare(text)).toBeNull(),
);
