import type { ChannelKind, NewPolicy, PolicyView } from '@farwatch/contracts';
import type { Choice } from '../../ui/choice.ts';
import type { Reachable } from './slots.ts';

type Target = NewPolicy['steps'][number]['targets'][number];
/** Whom, as one word of a list (`channel:<id>`), and by which kinds; none = all. */
export type TargetValues = Readonly<{ who: string; kinds: readonly string[] }>;
export type StepValues = Readonly<{ waitMs: number; targets: readonly TargetValues[] }>;
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

export const emptyTarget: TargetValues = { who: '', kinds: [] };
const min = 60_000;
export const laterStep: StepValues = { waitMs: 10 * min, targets: [emptyTarget] };

export const freshPolicy: PolicyValues = {
  name: '',
  isDefault: false,
  tags: [],
  steps: [{ waitMs: 0, targets: [emptyTarget] }],
  repeatTimes: 3,
  repeatAfterMs: 30 * min,
  reminds: false,
  remindEveryMs: 60 * min,
};

const targetValues = (target: Target): TargetValues => {
  switch (target.kind) {
    case 'everyone':
      return { who: 'everyone', kinds: [] };
    case 'channel':
      return { who: `channel:${target.channelId}`, kinds: [] };
    case 'account':
      return { who: `account:${target.accountId}`, kinds: target.channelKinds ?? [] };
    case 'schedule':
      return { who: `schedule:${target.scheduleId}`, kinds: target.channelKinds ?? [] };
  }
};

export const valuesOfPolicy = (policy: PolicyView): PolicyValues => ({
  name: policy.name,
  isDefault: policy.isDefault,
  tags: policy.tags,
  steps: policy.steps.map(({ waitMs, targets }) => ({ waitMs, targets: targets.map(targetValues) })),
  repeatTimes: policy.repeatTimes,
  repeatAfterMs: policy.repeatAfterMs,
  reminds: policy.remindEveryMs !== null,
  remindEveryMs: policy.remindEveryMs ?? freshPolicy.remindEveryMs,
});

/** Whether it makes sense to say by which kinds: a channel is of one kind. */
export const hasKinds = (who: string): boolean => who.startsWith('account:') || who.startsWith('schedule:');

const targetOf = ({ who, kinds }: TargetValues): Target => {
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

/** Everybody who can be told, as one grouped list. */
export const whoChoices = ({ channels, people, schedules }: Reachable) => [
  { group: 'Everyone', items: [{ value: 'everyone', label: 'Every channel' }] },
  {
    group: 'On call',
    items: prefixed('schedule', schedules).map((each) => ({ ...each, label: `On call: ${each.label}` })),
  },
  { group: 'Channels', items: prefixed('channel', channels) },
  { group: 'People', items: prefixed('account', people) },
];

const week = 7 * 86_400_000;
const within = (value: number, least: number, most: number): boolean => value >= least && value <= most;
const tag = /^[\p{L}\p{N}][\p{L}\p{N} ._:/-]{0,49}$/u;

/** The same rules as the contract's, said before anything is sent; by the fields' paths. */
export const policyFaults = (values: PolicyValues): Record<string, string> => {
  const faults: Record<string, string> = {};
  if (values.name.trim() === '') faults.name = 'A name tells policies apart.';
  if (!values.tags.every((each) => tag.test(each))) faults.tags = 'Letters, digits, spaces and . _ : / - only.';
  for (const [index, { waitMs, targets }] of values.steps.entries()) {
    if (!within(waitMs, 0, week)) faults[`steps.${index}.waitMs`] = 'At most 7 days.';
    for (const [at, { who }] of targets.entries())
      if (who === '') faults[`steps.${index}.targets.${at}.who`] = 'Choose whom to tell.';
  }
  if (!within(values.repeatTimes, 0, 100)) faults.repeatTimes = 'Between 0 and 100.';
  if (!within(values.repeatAfterMs, 0, week)) faults.repeatAfterMs = 'At most 7 days.';
  if (values.reminds && !within(values.remindEveryMs, 5 * min, week))
    faults.remindEveryMs = 'Between 5 minutes and 7 days.';
  return faults;
};
