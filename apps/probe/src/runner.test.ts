import type { AddressFamily } from '@farwatch/domain';
import { expect, test } from 'vitest';
import { openHostLimits } from './host-limits.ts';
import { openLedger } from './ledger.ts';
import { assignment, assignmentMap, monitorId, result } from './probe.fixture.ts';
import { openRunner } from './runner.ts';
import type { Slot } from './timetable.ts';

const noon = 1_795_000_000_000;
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Monitors 1–9 are of one host, those from 10 on have hosts of their own. */
const urlOf = (n: number): string => (n < 10 ? `https://shared.example/${n}` : `https://h${n}.example/`);
const stage = (monitors: readonly number[], concurrency = 100) => {
  const ledger = openLedger();
  const clock = { now: noon };
  const looking = new Map<number, () => void>();
  const missed: string[] = [];
  const nOf = (id: string): number => Number.parseInt(id.slice(-12), 16);
  const runner = openRunner({
    ...{ concurrency, ledger, limits: openHostLimits<Slot>(2), now: () => clock.now },
    run: (one, { at }) =>
      new Promise((resolve) => {
        looking.set(nOf(one.monitorId), () => {
          ledger.settled([result(nOf(one.monitorId), at)]);
          resolve();
        });
      }),
    missed: (one, reason) => void missed.push(`${nOf(one.monitorId)} ${reason}`),
  });
  runner.assign(assignmentMap(monitors.map((n) => assignment(n, { url: urlOf(n) }))));
  const offer = (ns: readonly number[], families: readonly AddressFamily[] = ['any']): void =>
    runner.offer(
      ns.map((n) => ({ monitorId: monitorId(n), at: clock.now, phase: 0, intervalMs: 30_000, families })),
      'overload',
    );
  const finish = async (n: number): Promise<void> => {
    looking.get(n)?.();
    looking.delete(n);
    await settle();
  };
  return { runner, ledger, clock, looking, missed, offer, finish };
};

test('a slot whose host is full waits in its place and holds up none behind it', async () => {
  const probe = stage([1, 2, 3, 4, 10, 11]);
  probe.offer([1, 2, 3, 10, 4, 11]);
  expect([...probe.looking.keys()]).toEqual([1, 2, 10, 11]);
  await probe.finish(2);
  expect([...probe.looking.keys()]).toEqual([1, 10, 11, 3]);
});
test('when places are few, who waited for its host comes before what came later', async () => {
  const probe = stage([1, 2, 3, 10, 11], 3);
  probe.offer([1, 2, 3, 10]);
  probe.offer([11]);
  expect([...probe.looking.keys()]).toEqual([1, 2, 10]);
  await probe.finish(1);
  expect([...probe.looking.keys()]).toEqual([2, 10, 3]);
});
test('what waited an interval for its host is missed for overload, and every slot is accounted for', async () => {
  const probe = stage([1, 2, 3, 4, 5, 10]);
  probe.offer([1, 2, 3, 4]);
  probe.clock.now = noon + 20_000;
  probe.offer([5, 10]);
  probe.clock.now = noon + 30_001;
  await probe.finish(1);
  expect(probe.missed).toEqual(['3 overload', '4 overload']);
  expect([...probe.looking.keys()]).toEqual([2, 10, 5]);
  expect(probe.ledger.counts()).toMatchObject({ due: 6, started: 4 });
});
test('a monitor that moved to another host while it waited waits there', () => {
  const probe = stage([1, 2, 3, 4]);
  probe.offer([1, 2, 3, 4]);
  probe.runner.assign(
    assignmentMap([1, 2, 3].map((n) => assignment(n, { url: n === 3 ? 'https://new.example/' : urlOf(n) }))),
  );
  expect(probe.ledger.counts()).toMatchObject({ due: 3 });
  probe.offer([]);
  expect([...probe.looking.keys()]).toEqual([1, 2, 3]);
});

test('a slot that takes two looks, one a family, is due and withdrawn twice', () => {
  const probe = stage([1]);
  probe.offer([1, 9], ['ipv4', 'ipv6']);
  expect(probe.ledger.counts()).toMatchObject({ due: 2, open: 2 });
});
