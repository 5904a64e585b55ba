import { expect, test } from 'vitest';
import { policyFor, story, votesOf } from './play.fixture.ts';
import { replay } from './replay.ts';

const alone = policyFor(['fra']);
const line = 'fra:up fra:down fra:down fra:down fra:up fra:up fra:down fra:down fra:down';
const { votes } = votesOf(line);

test('the log alone gives the history, in whatever order it is handed in', () => {
  const history = replay({ votes: votes.toReversed(), resets: [] }, alone, 1_000_000);
  expect(story(history)).toBe('opened@30 resolved@120 opened@180');
  expect(history.incidents.map(({ endReason }) => endReason)).toEqual(['recovered', null]);
});

test('with another policy it is what would have been', () => {
  expect(story(replay({ votes, resets: [] }, { ...alone, failuresToOpen: 4 }, 1_000_000))).toBe('');
});

test('a pause ends an incident, and what was seen before it counts no more', () => {
  const resets = [
    { at: 75_000, kind: 'paused' },
    { at: 80_000, kind: 'resumed' },
  ] as const;
  const { incidents } = replay({ votes, resets }, alone, 1_000_000);
  expect(incidents).toMatchObject([
    { startedAt: 30_000, resolvedAt: 75_000, endReason: 'paused' },
    { startedAt: 180_000, resolvedAt: null, endReason: null },
  ]);
});

test('another URL leaves an incident open until that one is well', () => {
  const { incidents } = replay({ votes, resets: [{ at: 75_000, kind: 'changed' }] }, alone, 1_000_000);
  expect(incidents).toMatchObject([{ startedAt: 30_000, resolvedAt: 120_000 }, { startedAt: 180_000 }]);
});
