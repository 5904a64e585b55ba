import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CheckReport, mostBatchesAsked } from '@farwatch/contracts';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { result, silent } from './probe.fixture.ts';
import { openReceipts } from './receipts.ts';
import { isDueAgain } from './resend.ts';
import { openSpool } from './spool.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'farwatch-receipts-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

test.each([
  ['a moment after it was sent', 4_000, 1, Number.POSITIVE_INFINITY, false],
  ['one sent much later is stored', 6_000, 1, 4_000, true],
  ['one sent a little later is stored', 6_000, 1, 2_000, false],
  ['nothing is stored and it was sent once', 14_000, 1, 0, false],
  ['nothing is stored for long', 15_000, 1, 0, true],
  ['nothing is stored and it was sent three times', 59_000, 3, 0, false],
  ['nothing is stored for very long', 300_000, 20, 0, true],
])('whether a batch is sent again: %s', (_, now, sends, newestStored, again) => {
  expect(isDueAgain({ sentAt: 0, sends }, newestStored, now)).toBe(again);
});

const stage = async (count: number, madeAt = Date.now()) => {
  const spool = await openSpool(dir, 10_000_000, silent);
  const ids = Array.from({ length: count }, (_, i) => uuidv7({ msecs: madeAt + i }));
  for (const [i, batchId] of ids.entries()) {
    const results = [result(1, i)] as CheckReport['results']; // readonly there, never written here
    await spool.add({ probeId: 'fra.1', batchId, sentAt: 1, results });
    spool.markSent(batchId, i * 4_000);
  }
  const clock = { now: 0 };
  let resent = 0;
  const receipts = openReceipts({ spool, log: silent, steady: () => clock.now, resend: () => void resent++ });
  const kept = () =>
    spool.list().map(({ batchId, sentAt }) => [ids.indexOf(batchId), sentAt === null ? 'again' : 'sent']);
  return { spool, ids, clock, receipts, kept, resent: () => resent };
};

test('what is stored is forgotten; what was overtaken by it is sent again, and what came after it waits', async () => {
  const { ids, clock, receipts, kept, resent } = await stage(3);
  clock.now = 10_000;
  await receipts.hear(receipts.asked(), [ids[1] ?? '']);
  expect(kept()).toEqual([
    [0, 'again'],
    [2, 'sent'],
  ]);
  expect(resent()).toBe(1);
});
test('a core of before it told of batches is not asked to tell: what the queue took is forgotten', async () => {
  const { receipts, kept } = await stage(2);
  await receipts.hear(receipts.asked(), undefined);
  expect(kept()).toEqual([]);
});
test('a batch that came while the core was asked is not taken for lost', async () => {
  const { ids, clock, receipts, kept } = await stage(2);
  clock.now = 60_000;
  await receipts.hear(ids.slice(1), ids.slice(1));
  expect(kept()).toEqual([[0, 'sent']]);
});
test('what could not be stored within a day never will be: it is put aside and counted', async () => {
  const { spool, clock, receipts, kept } = await stage(2, Date.now() - 27 * 3_600_000);
  clock.now = 60_000;
  await receipts.hear(receipts.asked(), []);
  expect([kept(), spool.dropped()]).toEqual([[], { good: 2, bad: 0 }]);
});
test('of very many the oldest are asked for first, and the rest at once when some were there', async () => {
  const { ids, receipts } = await stage(mostBatchesAsked + 5);
  const asked = receipts.asked();
  expect([asked.length, asked[0]]).toEqual([mostBatchesAsked, ids[0]]);
  expect(await receipts.hear(asked, asked)).toBe(true);
  expect(receipts.asked()).toHaveLength(5);
  expect(await receipts.hear(receipts.asked(), receipts.asked())).toBe(false);
});
