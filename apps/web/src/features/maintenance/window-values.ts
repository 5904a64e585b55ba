import type { NewMaintenanceWindow } from '@farwatch/contracts';

export const repeats = {
  once: { label: 'Once', rule: null },
  daily: { label: 'Every day', rule: 'FREQ=DAILY' },
  weekly: { label: 'Every week', rule: 'FREQ=WEEKLY' },
  monthly: { label: 'Every month', rule: 'FREQ=MONTHLY' },
  own: { label: 'By a rule of your own', rule: '' },
} as const satisfies Record<string, { label: string; rule: string | null }>;
export type Repeat = keyof typeof repeats;
export const isRepeat = (text: string | null): text is Repeat => text !== null && text in repeats;

export const scopes = { all: 'Every monitor', tags: 'Monitors with a tag', monitors: 'Single monitors' } as const;
export type Scope = keyof typeof scopes;
export const isScope = (text: string | null): text is Scope => text !== null && text in scopes;

export type WindowValues = {
  name: string;
  startsAt: string;
  timeZone: string;
  durationMs: number;
  repeat: Repeat;
  rule: string;
  /** Whose checks it is about. */
  scope: Scope;
  tags: string[];
  monitorIds: string[];
  counts: boolean;
};

export const newValues = (timeZone: string): WindowValues => ({
  ...{ name: '', startsAt: '', timeZone, durationMs: 7_200_000, repeat: 'once', rule: '' },
  ...{ scope: 'all', tags: [], monitorIds: [], counts: false },
});

/** What is missing, by field, before the server is asked. */
export const faultsOf = (values: WindowValues): Record<string, string> => ({
  ...whenFaults(values),
  ...(values.scope === 'tags' && values.tags.length === 0 ? { tags: 'At least one tag.' } : {}),
  ...(values.scope === 'monitors' && values.monitorIds.length === 0 ? { monitorIds: 'At least one monitor.' } : {}),
});
const whenFaults = ({ name, startsAt, durationMs, repeat, rule }: WindowValues): Record<string, string> => ({
  ...(name.trim() === '' ? { name: 'A name tells windows apart.' } : {}),
  ...(startsAt === '' ? { startsAt: 'Say when it begins.' } : {}),
  ...(durationMs < 60_000 || durationMs > 30 * 86_400_000 ? { durationMs: 'From one minute to 30 days.' } : {}),
  ...(repeat === 'own' && rule.trim() === '' ? { rule: 'An RRULE, for example FREQ=WEEKLY;BYDAY=SU.' } : {}),
});

const appliesTo = ({ scope, tags, monitorIds }: WindowValues): NewMaintenanceWindow['appliesTo'] => {
  switch (scope) {
    case 'all':
      return { kind: 'all' };
    case 'tags':
      return { kind: 'tags', tags };
    case 'monitors':
      return { kind: 'monitors', monitorIds };
  }
};

export const bodyOf = (values: WindowValues): NewMaintenanceWindow => {
  const { name, startsAt, timeZone, durationMs, repeat, rule, counts } = values;
  return {
    ...{ name: name.trim(), startsAt, timeZone, durationMs },
    rule: repeat === 'own' ? rule.trim().replace(/^RRULE:/iu, '') : repeats[repeat].rule,
    appliesTo: appliesTo(values),
    countsAs: counts ? 'counted' : 'excluded',
  };
};
