import { createChannel, listChannels } from '@farwatch/contracts';
import { afterEach, expect, test, vi } from 'vitest';
import { call } from './call.ts';

afterEach(() => void vi.unstubAllGlobals());

/** An answer whose body ends before it is whole. */
const broken = (): Response =>
  new Response(
    new ReadableStream({
      start: (stream) => {
        stream.enqueue(new TextEncoder().encode('{"items":['));
        stream.error(new TypeError('network error'));
      },
    }),
  );
const foreign = (): Response => new Response('<!doctype html><p>Log in to this network', { status: 200 });
const answering = (answer: () => Response): void => void vi.stubGlobal('fetch', async () => answer());
const create = () => call(createChannel, { body: { target: { kind: 'telegram' } } });

test.each([
  ['breaks off', broken],
  ['is a page of somebody else’s', foreign],
])('an answer that %s is none: the page couldn’t reach the API, and a write may have been saved', async (_, answer) => {
  answering(answer);
  await expect(call(listChannels, {})).rejects.toThrow('Farwatch could not be reached.');
  await expect(create()).rejects.toThrow('Farwatch could not be reached: this may not have been saved.');
});

test('what was given up is not told as a failure of the network', async () => {
  const ends = new AbortController();
  answering(() => {
    ends.abort();
    return broken();
  });
  await expect(call(listChannels, {}, { signal: ends.signal })).rejects.toThrow('network error');
});
