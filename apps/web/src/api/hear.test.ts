import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { takeIn } from './hear.ts';

const queryKey = ['words'];
/** A query whose answers are given by hand, one after the other. */
const slow = () => {
  const client = new QueryClient();
  const waiting: PromiseWithResolvers<readonly string[]>[] = [];
  const queryFn = () => {
    const next = Promise.withResolvers<readonly string[]>();
    waiting.push(next);
    return next.promise;
  };
  const observer = new QueryObserver(client, { queryKey, queryFn, retry: false });
  observer.subscribe(() => undefined);
  return { client, waiting, say: (word: string) => takeIn(client, queryKey, once(word)) };
};
const once =
  (word: string) =>
  (words: readonly string[]): readonly string[] =>
    words.includes(word) ? words : [word, ...words];

test('what is told during the first reading is in it, although the answer is older', async () => {
  const { client, waiting, say } = slow();
  say('told');
  waiting[0]?.resolve(['read']);
  await expect.poll(() => client.getQueryData(queryKey)).toEqual(['told', 'read']);
});

test('what is told during a later reading stays, in its order, also when that is begun anew', async () => {
  const { client, waiting, say } = slow();
  waiting[0]?.resolve(['read']);
  await expect.poll(() => client.getQueryData(queryKey)).toEqual(['read']);
  void client.invalidateQueries({ queryKey });
  say('one');
  expect(client.getQueryData(queryKey)).toEqual(['one', 'read']);
  void client.invalidateQueries({ queryKey });
  say('two');
  waiting[1]?.resolve(['stale']);
  waiting[2]?.resolve(['read again']);
  await expect.poll(() => client.getQueryData(queryKey)).toEqual(['two', 'one', 'read again']);
  void client.invalidateQueries({ queryKey });
  waiting[3]?.resolve(['fresh']);
  await expect.poll(() => client.getQueryData(queryKey)).toEqual(['fresh']);
});

test('a reading that fails leaves what was told, and one that is not there is left alone', async () => {
  const { client, waiting, say } = slow();
  waiting[0]?.resolve(['read']);
  await expect.poll(() => client.getQueryData(queryKey)).toEqual(['read']);
  void client.invalidateQueries({ queryKey });
  say('one');
  waiting[1]?.reject(new Error('away'));
  await expect.poll(() => client.getQueryState(queryKey)?.status).toBe('error');
  expect(client.getQueryData(queryKey)).toEqual(['one', 'read']);
  takeIn(client, ['unheard'], once('x'));
  expect(client.getQueryCache().find({ queryKey: ['unheard'] })).toBeUndefined();
});
