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

test('each look is judged by the policy of its time', () => {
  const strict = { ...alone, failuresToOpen: 4 };
  const until = 1_000_000;
  const changed = (at: number) => replay({ votes, resets: [], changes: [{ at, before: strict }] }, alone, until);
  expect(story(changed(500_000))).toBe(''); // all of it lies before the change
  expect(story(changed(150_000))).toBe('opened@180'); // the first outage does
  expect(story(changed(0))).toBe(story(replay({ votes, resets: [] }, alone, until)));
  // What the strict one had asked about is settled by the other one, when its time is over.
  expect(story(changed(100_000))).toBe('opened@90 resolved@120 opened@180');
});

test('a change that changes nothing changes nothing, wherever it lies', () => {
  const whole = replay({ votes, resets: [] }, alone, 1_000_000);
  for (let at = 0; at < 400_000; at += 5_000)
    expect(replay({ votes, resets: [], changes: [{ at, before: alone }] }, alone, 1_000_000)).toEqual(whole);
});

test('what ran when watching stopped ended with that', () => {
  const { spans } = replay({ votes, resets: [{ at: 75_000, kind: 'paused' }] }, alone, 1_000_000);
  expect(spans[0]).toMatchObject({ startedAt: 30_000, endedAt: 75_000, endKnownAt: 75_000 });
});

test('another URL leaves an incident open until that one is well', () => {
  const { incidents } = replay({ votes, resets: [{ at: 75_000, kind: 'changed' }] }, alone, 1_000_000);
  expect(incidents).toMatchObject([{ startedAt: 30_000, resolvedAt: 120_000 }, { startedAt: 180_000 }]);
});
