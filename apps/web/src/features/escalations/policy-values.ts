import type { ChannelKind, NewPolicy, PolicyView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { randomId } from '@mantine/hooks';
import type { Choice } from '../../ui/choice.ts';
import type { Reachable } from './slots.ts';
import type { Target } from './target-words.ts';

/** Whom, as one word of a list (`channel:<id>`), and by which kinds; none = all. `key` stays with it when it moves. */
export type TargetValues = Readonly<{ key: string; who: string; kinds: readonly string[] }>;
export type StepValues = Readonly<{ key: string; waitMs: number; targets: readonly TargetValues[] }>;
export type PolicyValues = Readonly<{
  name: string;
  isDefault: boolean;
  tags: readonly string[];
  steps: readonly StepValues[];
  repeatTimes: number;
  repeatAfterMs: number;
  reminds: boolean;
  remindEveryMs: number;
}>;

const min = 60_000;
export const newTarget = (who = '', kinds: readonly string[] = []): TargetValues => ({
  key: randomId('target-'),
  who,
  kinds,
});
export const newStep = (waitMs: number, targets: readonly TargetValues[] = [newTarget()]): StepValues => ({
  key: randomId('step-'),
  waitMs,
  targets,
});
/** What one more step begins with. */
export const laterStep = (): StepValues => newStep(10 * min);

export const freshPolicy = (): PolicyValues => ({
  name: '',
  isDefault: false,
  tags: [],
  steps: [newStep(0)],
  repeatTimes: 3,
  repeatAfterMs: 30 * min,
  reminds: false,
  remindEveryMs: usualReminderMs,
});
const usualReminderMs = 60 * min;

const targetValues = (target: Target): TargetValues => {
  switch (target.kind) {
    case 'everyone':
      return newTarget('everyone');
    case 'channel':
      return newTarget(`channel:${target.channelId}`);
    case 'account':
      return newTarget(`account:${target.accountId}`, target.channelKinds ?? []);
    case 'schedule':
      return newTarget(`schedule:${target.scheduleId}`, target.channelKinds ?? []);
  }
};

export const valuesOfPolicy = (policy: PolicyView): PolicyValues => ({
  name: policy.name,
  isDefault: policy.isDefault,
  tags: policy.tags,
  steps: policy.steps.map(({ waitMs, targets }) => newStep(waitMs, targets.map(targetValues))),
  repeatTimes: policy.repeatTimes,
  repeatAfterMs: policy.repeatAfterMs,
  reminds: policy.remindEveryMs !== null,
  remindEveryMs: policy.remindEveryMs ?? usualReminderMs,
});

/** As a new one beside it: under a name of its own, and for nobody until somebody says so. */
export const copyOfPolicy = (policy: PolicyView): PolicyValues => ({
  ...valuesOfPolicy(policy),
  name: t`Copy of ${policy.name}`.slice(0, 200),
  isDefault: false,
  tags: [],
});

/** Whether it makes sense to say by which kinds: a channel is of one kind. */
export const hasKinds = (who: string): boolean => who.startsWith('account:') || who.startsWith('schedule:');

/** What a field stands for; of one that is still empty nothing should be said. */
export const targetOf = ({ who, kinds }: TargetValues): Target => {
  const [kind, id = ''] = who.split(':');
  const channelKinds = kinds.length === 0 ? null : (kinds as ChannelKind[]); // chosen from the list of kinds
  if (kind === 'channel') return { kind, channelId: id };
  if (kind === 'account') return { kind, accountId: id, channelKinds };
  if (kind === 'schedule') return { kind, scheduleId: id, channelKinds };
  return { kind: 'everyone' };
};

export const policyBody = (values: PolicyValues): NewPolicy => ({
  name: values.name.trim(),
  isDefault: values.isDefault,
  tags: [...values.tags],
  steps: values.steps.map(({ waitMs, targets }) => ({ waitMs, targets: targets.map(targetOf) })),
  repeatTimes: values.repeatTimes,
  repeatAfterMs: values.repeatAfterMs,
  remindEveryMs: values.reminds ? values.remindEveryMs : null,
});

const prefixed = (prefix: string, choices: readonly Choice[]): Choice[] =>
  choices.map(({ value, label }) => ({ value: `${prefix}:${value}`, label }));

/** Everybody who can be told, as one grouped list; `who` stays on it although it is gone. */
export const whoChoices = ({ channels, people, schedules }: Reachable, who: string, lost: string) => {
  const groups = [
    { group: t`Everyone`, items: [{ value: 'everyone', label: t`Every channel` }] },
    {
      group: t`On call`,
      items: prefixed('schedule', schedules).map(({ value, label }) => ({ value, label: t`On call: ${label}` })),
    },
    { group: t`Channels`, items: prefixed('channel', channels) },
    { group: t`People`, items: prefixed('account', people) },
  ];
  const known = who === '' || groups.some(({ items }) => items.some(({ value }) => value === who));
  return known ? groups : [...groups, { group: t`Gone`, items: [{ value: who, label: lost }] }];
};

const weekMs = 7 * 86_400_000;
const within = (value: number, least: number, most: number): boolean => value >= least && value <= most;
const tag = /^[\p{L}\p{N}][\p{L}\p{N} ._:/-]{0,49}$/u;

/** The same rules as the contract's, said before anything is sent; by the fields' paths. */
export const policyFaults = (values: PolicyValues): Record<string, string> => {
  const faults: Record<string, string> = {};
  if (values.name.trim() === '') faults.name = t`A name tells policies apart.`;
  if (!values.tags.every((each) => tag.test(each))) faults.tags = t`Letters, digits, spaces and . _ : / - only.`;
  for (const [index, { waitMs, targets }] of values.steps.entries()) {
    if (!within(waitMs, 0, weekMs)) faults[`steps.${index}.waitMs`] = t`At most 7 days.`;
    for (const [at, { who }] of targets.entries())
      if (who === '') faults[`steps.${index}.targets.${at}.who`] = t`Choose whom to tell.`;
  }
  if (!within(values.repeatTimes, 0, 100)) faults.repeatTimes = t`Between 0 and 100.`;
  if (!within(values.repeatAfterMs, 0, weekMs)) faults.repeatAfterMs = t`At most 7 days.`;
  if (values.reminds && !within(values.remindEveryMs, 5 * min, weekMs))
    faults.remindEveryMs = t`Between 5 minutes and 7 days.`;
  return faults;
};
