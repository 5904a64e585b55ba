import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostOf, openHostLimits, type Placed } from './host-limits.ts';

/** Takes all that have a place. */
const takeAll = <T>({ take }: { take: () => Placed<T> | undefined }): Placed<T>[] => {
  const taken: Placed<T>[] = [];
  for (let next = take(); next !== undefined; next = take()) taken.push(next);
  return taken;
};
const items = <T>(placed: readonly Placed<T>[]): readonly T[] => placed.map(({ item }) => item);

test.each([
  ['https://a.example/x?y', 'a.example:443'],
  ['http://a.example/', 'a.example:80'],
  ['https://A.example:8443', 'a.example:8443'],
  ['http://[::1]:80/', '[::1]:80'],
  ['not a URL', 'not a URL'],
])('the host of %s is %s', (url, host) => expect(hostOf(url)).toBe(host));

describe('a place at a host', () => {
  test('is there for so many; the rest waits and lets others pass', () => {
    const limits = openHostLimits<string>(2);
    for (const item of ['a1', 'a2', 'a3', 'b1', 'a4', 'c1']) limits.wait(item.slice(0, 1), item);
    expect(items(takeAll(limits))).toEqual(['a1', 'a2', 'b1', 'c1']);
  });
  test('that becomes free goes to who has waited longest, before all that came later', () => {
    const limits = openHostLimits<string>(1);
    for (const item of ['a1', 'a2', 'a3', 'b1']) limits.wait(item.slice(0, 1), item);
    const [first] = takeAll(limits);
    limits.wait('c', 'c1');
    first?.leave();
    expect(items(takeAll(limits))).toEqual(['a2', 'c1']);
  });
  test('is given to as many as there is room for', () => {
    const limits = openHostLimits<string>(2);
    for (const item of ['a1', 'a2', 'a3', 'a4']) limits.wait('a', item);
    for (const { leave } of takeAll(limits)) leave();
    expect(items(takeAll(limits))).toEqual(['a3', 'a4']);
  });
  test('that nobody used is given on', () => {
    const limits = openHostLimits<string>(1);
    for (const item of ['a1', 'a2', 'a3']) limits.wait('a', item);
    limits.take()?.leave();
    limits.take()?.leave();
    expect(limits.take()?.item).toBe('a3');
  });
});

describe('an address that hosts were seen at', () => {
  const sharing = (hosts: readonly string[], perHost = 1) => {
    const limits = openHostLimits<string>(perHost);
    for (const host of hosts) limits.heard(host, '192.0.2.1');
    return limits;
  };
  test('has four times the places of one host', () => {
    const limits = sharing(['a', 'b', 'c', 'd', 'e']);
    for (const host of ['a', 'b', 'c', 'd', 'e', 'elsewhere']) limits.wait(host, host);
    expect(items(takeAll(limits))).toEqual(['a', 'b', 'c', 'd', 'elsewhere']);
  });
  test('lets its hosts take turns, so that one with many monitors does not keep it', () => {
    const limits = sharing(['a', 'b', 'c', 'd', 'e', 'f']);
    for (let n = 0; n < 3; n++) for (const host of ['a', 'b', 'c', 'd', 'e', 'f']) limits.wait(host, `${host}${n}`);
    const order: string[] = [];
    let running = takeAll(limits);
    while (running.length > 0) {
      const [first, ...rest] = running;
      if (first !== undefined) order.push(first.item);
      first?.leave();
      running = [...rest, ...takeAll(limits)];
    }
    expect(order).toHaveLength(18);
    expect(new Set(order.slice(0, 6).map((item) => item.slice(0, 1))).size).toBe(6);
  });
  test('is not known before the first answer, and an answer from nowhere changes nothing', () => {
    const limits = openHostLimits<string>(1);
    for (const host of ['a', 'b', 'c', 'd', 'e']) limits.wait(host, host);
    expect(takeAll(limits)).toHaveLength(5);
    const known = sharing(['a', 'b', 'c', 'd', 'e']);
    known.heard('e', null);
    for (const host of ['a', 'b', 'c', 'd', 'e']) known.wait(host, host);
    expect(items(takeAll(known))).toEqual(['a', 'b', 'c', 'd']);
  });
  test('is left behind by a host that moved, and its room is the next one’s', () => {
    const limits = sharing(['a', 'b', 'c', 'd', 'e', 'f']);
    for (const host of ['a', 'b', 'c', 'd', 'e', 'f']) limits.wait(host, host);
    const [first] = takeAll(limits);
    limits.heard('e', '192.0.2.2');
    first?.leave();
    expect(items(takeAll(limits))).toEqual(['e', 'f']);
  });
  test('is remembered of so many hosts only', () => {
    const limits = openHostLimits<string>(1, 4);
    for (const host of ['a', 'b', 'c', 'd', 'e']) limits.heard(host, '192.0.2.1');
    for (const host of ['e', 'd', 'c', 'b', 'a']) limits.wait(host, host);
    expect(takeAll(limits)).toHaveLength(5); // the address of `a` is forgotten
  });
});

type Step =
  | Readonly<{ kind: 'wait' | 'leave' | 'empty'; n: number }>
  | Readonly<{ kind: 'heard'; n: number; address: number }>;
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('wait' as const), n: fc.nat(11) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('leave' as const), n: fc.nat(50) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('heard' as const), n: fc.nat(11), address: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('empty' as const), n: fc.constant(0) }) },
);

test('nobody is left out, none waits while it could go, and no limit is broken, whatever happens', () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 200, size: 'max' }),
      fc.integer({ min: 1, max: 3 }),
      fc.boolean(),
      (steps, perHost, move) => {
        type Item = Readonly<{ host: string; n: number }>;
        const limits = openHostLimits<Item>(perHost);
        const addressOf = new Map<string, string>();
        const waiting: Item[] = [];
        const running: { placed: Placed<Item>; address: string | undefined }[] = [];
        const busyAt = (address: string): number => running.filter((one) => one.address === address).length;
        const busyOf = (host: string): number => running.filter(({ placed }) => placed.item.host === host).length;
        const couldGo = ({ host }: Item): boolean => {
          const address = addressOf.get(host);
          return busyOf(host) < perHost && (address === undefined || busyAt(address) < 4 * perHost);
        };
        let count = 0;
        /** Of one host in the order in which they came. */
        const takeThem = (): void => {
          for (const placed of takeAll(limits)) {
            const { item } = placed;
            expect(couldGo(item)).toBe(true);
            expect(waiting.find(({ host }) => host === item.host)).toBe(item);
            waiting.splice(waiting.indexOf(item), 1);
            running.push({ placed, address: addressOf.get(item.host) });
          }
        };
        const act = (one: Step): void => {
          const host = `h${one.n}`;
          if (one.kind === 'wait') {
            const item = { host, n: count++ };
            waiting.push(item);
            limits.wait(host, item);
          } else if (one.kind === 'heard') {
            const address = `a${move ? one.address : one.n % 2}`;
            limits.heard(host, address);
            addressOf.set(host, address);
          } else if (one.kind === 'leave') {
            const from = one.n % Math.max(1, running.length);
            for (const { placed } of running.splice(from, 1 + (one.n % 3))) placed.leave();
          } else {
            const out = limits.empty().toSorted((a, b) => a.n - b.n);
            expect(out).toEqual(waiting);
            for (const item of out) limits.wait(item.host, item);
          }
        };
        for (const one of steps) {
          act(one);
          takeThem();
          // A host that moved to another address is asked again only when its old one has room.
          if (!move) expect(waiting.filter(couldGo)).toEqual([]);
        }
        while (running.length > 0) {
          running.shift()?.placed.leave();
          takeThem();
        }
        expect(waiting).toEqual([]);
      },
    ),
    { numRuns: 200 },
  );
});
test('behind a full host a hundred thousand cost no more each than a hundred', () => {
  const limits = openHostLimits<number>(1);
  for (let n = 0; n < 100_000; n++) limits.wait('full', n);
  limits.take();
  const start = performance.now();
  for (let n = 0; n < 10_000; n++) {
    limits.wait(`h${n % 100}`, n);
    limits.take()?.leave();
  }
  expect(performance.now() - start).toBeLessThan(2_000); // what walked past them each time would take minutes
});
