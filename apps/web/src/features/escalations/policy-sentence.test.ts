import { expect, test } from 'vitest';
import { policySentences } from './policy-sentence.ts';

const reachable = {
  channels: [{ value: 'c1', label: 'Slack #ops' }],
  people: [{ value: 'a1', label: 'Ann' }],
  schedules: [{ value: 's1', label: 'Backend' }],
  kinds: [
    { value: 'sms', label: 'SMS' },
    { value: 'voice', label: 'Voice call' },
  ],
};
const min = 60_000;

test('a policy is told as what will happen, from the start of the incident', () => {
  const sentences = policySentences(
    {
      name: 'Ops',
      steps: [
        { waitMs: 0, targets: [{ kind: 'channel', channelId: 'c1' }] },
        { waitMs: 10 * min, targets: [{ kind: 'schedule', scheduleId: 's1', channelKinds: ['sms', 'voice'] }] },
        { waitMs: 20 * min, targets: [{ kind: 'account', accountId: 'a1', channelKinds: null }, { kind: 'everyone' }] },
      ],
      repeatTimes: 3,
      repeatAfterMs: 30 * min,
      remindEveryMs: 60 * min,
    },
    reachable,
  );
  expect(sentences).toEqual([
    'At once: Slack #ops.',
    'After 10 min: whoever is on call (Backend), by SMS and Voice call.',
    'After 30 min: Ann; every channel.',
    'Repeats 3 times, every 30 min, until somebody acknowledges.',
    'While it is open, reminds every 1 h.',
  ]);
});

test('what a policy names and what is gone is said to be gone', () => {
  const targets = [{ kind: 'channel' as const, channelId: 'c9' }];
  expect(policySentences({ name: 'Ops', steps: [{ waitMs: 0, targets }] }, reachable)).toEqual([
    'At once: a channel that is gone.',
    'Does not repeat.',
  ]);
});
