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

export type WindowValues = {
  name: string;
  startsAt: string;
  timeZone: string;
  durationMs: number;
  repeat: Repeat;
  rule: string;
  /** None = for every monitor. */
  tags: string[];
  counts: boolean;
};

export const newValues = (timeZone: string): WindowValues => ({
  ...{ name: '', startsAt: '', timeZone, durationMs: 7_200_000, repeat: 'once', rule: '', tags: [], counts: false },
});

/** What is missing, by field, before the server is asked. */
export const faultsOf = ({ name, startsAt, durationMs, repeat, rule }: WindowValues): Record<string, string> => ({
  ...(name.trim() === '' ? { name: 'A name tells windows apart.' } : {}),
  ...(startsAt === '' ? { startsAt: 'Say when it begins.' } : {}),
  ...(durationMs < 60_000 || durationMs > 30 * 86_400_000 ? { durationMs: 'From one minute to 30 days.' } : {}),
  ...(repeat === 'own' && rule.trim() === '' ? { rule: 'An RRULE, for example FREQ=WEEKLY;BYDAY=SU.' } : {}),
});

export const bodyOf = (values: WindowValues): NewMaintenanceWindow => {
  const { name, startsAt, timeZone, durationMs, repeat, rule, tags, counts } = values;
  return {
    ...{ name: name.trim(), startsAt, timeZone, durationMs },
    rule: repeat === 'own' ? rule.trim().replace(/^RRULE:/iu, '') : repeats[repeat].rule,
    appliesTo: tags.length === 0 ? { kind: 'all' } : { kind: 'tags', tags },
    countsAs: counts ? 'counted' : 'excluded',
  };
};
