import { expect, test } from 'vitest';
import { everyPage } from './every-page.ts';

const list =
  (count: number) =>
  async ({ limit, cursor = '0' }: Readonly<{ limit: number; cursor?: string }>) => {
    const from = Number(cursor);
    const items = Array.from({ length: Math.max(0, Math.min(limit, count - from)) }, (_, i) => from + i);
    return { items, next: from + limit < count ? String(from + limit) : null };
  };

test('a list of any length is read to its end', async () => {
  const all = await everyPage(list(2_345)); // it stopped at 2,000, and nobody was told
  expect([all.length, all.at(-1)]).toEqual([2_345, 2_344]);
  expect(await everyPage(list(0))).toEqual([]);
  expect(await everyPage(list(7), { limit: 3 })).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test('a list without an end fails instead of being told in part', async () => {
  await expect(everyPage(async () => ({ items: [1], next: 'again' }))).rejects.toThrow('a page that was read');
});
