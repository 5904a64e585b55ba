import type { NewPolicy } from '@farwatch/contracts';
import { labelOf } from '../../ui/choice.ts';
import { durationText } from '../../ui/duration.tsx';
import type { Reachable } from './slots.ts';

type Target = NewPolicy['steps'][number]['targets'][number];

const and = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

const byKinds = (kinds: readonly string[] | null, reachable: Reachable): string =>
  kinds === null ? '' : `, by ${and(kinds.map((kind) => labelOf(reachable.kinds, kind, kind)))}`;

const whom = (target: Target, reachable: Reachable): string => {
  switch (target.kind) {
    case 'everyone':
      return 'every channel';
    case 'channel':
      return labelOf(reachable.channels, target.channelId, 'a channel that is gone');
    case 'account':
      return `${labelOf(reachable.people, target.accountId, 'somebody who left')}${byKinds(target.channelKinds, reachable)}`;
    case 'schedule':
      return `whoever is on call (${labelOf(reachable.schedules, target.scheduleId, 'a schedule that is gone')})${byKinds(target.channelKinds, reachable)}`;
  }
};

const times = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);

/** What will happen, in plain sentences; waits are counted from the start. */
export const policySentences = (policy: NewPolicy, reachable: Reachable): readonly string[] => {
  let since = 0;
  const steps = policy.steps.map(({ waitMs, targets }, index) => {
    since += waitMs;
    const when =
      since === 0 && index === 0 ? 'At once' : waitMs === 0 ? 'At the same moment' : `After ${durationText(since)}`;
    return `${when}: ${targets.map((target) => whom(target, reachable)).join('; ')}.`;
  });
  const { repeatTimes = 0, repeatAfterMs = 0, remindEveryMs = null } = policy;
  const repeats =
    repeatTimes === 0
      ? 'Does not repeat.'
      : `Repeats ${times(repeatTimes)}${repeatAfterMs === 0 ? '' : `, every ${durationText(repeatAfterMs)},`} until somebody acknowledges.`;
  const reminds = remindEveryMs === null ? [] : [`While it is open, reminds every ${durationText(remindEveryMs)}.`];
  return [...steps, repeats, ...reminds];
};
