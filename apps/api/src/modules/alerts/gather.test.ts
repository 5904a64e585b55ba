import { expect, test } from 'vitest';
import { gather } from './gather.ts';

/** Batches as they come, each answered by hand. */
const openWriter = (most: number) => {
  const batches: (readonly number[])[] = [];
  const answers: PromiseWithResolvers<readonly string[]>[] = [];
  const write = gather<number, string>((batch) => {
    batches.push(batch);
    const answer = Promise.withResolvers<readonly string[]>();
    answers.push(answer);
    return answer.promise;
  }, most);
  return { batches, answers, write };
};

test('a lone one is written at once, what comes meanwhile is the next batch, and no batch is larger than the most', async () => {
  const { batches, answers, write } = openWriter(3);
  const outs = [1, 2, 3, 4, 5].map(write);
  expect(batches).toEqual([[1]]);
  answers[0]?.resolve(['a']);
  await outs[0];
  await expect.poll(() => batches).toEqual([[1], [2, 3, 4]]);
  answers[1]?.resolve(['b', 'c', 'd']);
  await expect.poll(() => batches).toEqual([[1], [2, 3, 4], [5]]);
  answers[2]?.resolve(['e']);
  expect(await Promise.all(outs)).toEqual(['a', 'b', 'c', 'd', 'e']);
  const later = write(6);
  expect(batches.at(-1)).toEqual([6]);
  answers[3]?.resolve(['f']);
  expect(await later).toBe('f');
});

test('who was in a batch that failed, or was answered in part, hears of it; the next one is written', async () => {
  const { answers, write } = openWriter(2);
  const outs = [1, 2, 3, 4].map(write);
  answers[0]?.reject(new Error('away'));
  await expect(outs[0]).rejects.toThrow('away');
  await expect.poll(() => answers).toHaveLength(2);
  answers[1]?.resolve(['only one']);
  expect(await Promise.allSettled(outs.slice(1, 3))).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
  await expect.poll(() => answers).toHaveLength(3);
  answers[2]?.resolve(['d']);
  expect(await outs[3]).toBe('d');
});
