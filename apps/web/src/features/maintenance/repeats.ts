import { i18n } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import dayjs from 'dayjs';

// The rules that people choose in words, and the RRULE (RFC 5545) each of them is. Any other is their own.

export const repeats = {
  once: msg`Once`,
  daily: msg`Every day`,
  weekly: msg`Every week`,
  monthly: msg`Every month`,
  own: msg`By a rule of your own`,
} as const;
export type Repeat = keyof typeof repeats;
export const isRepeat = (text: string | null): text is Repeat => text !== null && text in repeats;

/** Of a month: that day of it, its nth weekday, its last. */
export type Monthly = 'day' | 'nth' | 'last';
export const isMonthly = (text: string | null): text is Monthly => text === 'day' || text === 'nth' || text === 'last';

/** `days`: of the week, 1 = Monday; none = that of the first time. */
export type RepeatValues = Readonly<{ repeat: Repeat; days: readonly number[]; monthly: Monthly; rule: string }>;

const codes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const codeOf = (day: number): string => codes[day - 1] ?? 'MO';
const weekdayNames = [
  msg`Monday`,
  msg`Tuesday`,
  msg`Wednesday`,
  msg`Thursday`,
  msg`Friday`,
  msg`Saturday`,
  msg`Sunday`,
];
const nameOf = (day: number): string => i18n.t(weekdayNames[day - 1] ?? msg`Monday`);
const ordinals = [msg`first`, msg`second`, msg`third`, msg`fourth`, msg`fifth`];
const ordinalOf = (n: number): string => i18n.t(ordinals[n - 1] ?? msg`last`);

/** What a wall time (`2026-11-29T02:00`) is in its week and month. */
const placeOf = (startsAt: string) => {
  const day = dayjs(`${startsAt.slice(0, 10)}T12:00`);
  return { weekday: ((day.day() + 6) % 7) + 1, date: day.date(), nth: Math.ceil(day.date() / 7) };
};

export const ruleOf = ({ repeat, days, monthly, rule }: RepeatValues, startsAt: string): string | null => {
  const { weekday, nth } = placeOf(startsAt);
  switch (repeat) {
    case 'once':
      return null;
    case 'daily':
      return 'FREQ=DAILY';
    case 'weekly':
      return days.length === 0 ? 'FREQ=WEEKLY' : `FREQ=WEEKLY;BYDAY=${days.map(codeOf).join(',')}`;
    case 'monthly':
      if (monthly === 'day') return 'FREQ=MONTHLY';
      return `FREQ=MONTHLY;BYDAY=${monthly === 'last' ? '-1' : `+${nth}`}${codeOf(weekday)}`;
    case 'own':
      return rule.trim().replace(/^RRULE:/iu, '');
  }
};

const daysOf = (rule: string): readonly number[] | null => {
  const found = /^FREQ=WEEKLY(?:;BYDAY=([A-Z,]+))?$/u.exec(rule);
  if (found === null) return null;
  const days = found[1] === undefined ? [] : found[1].split(',').map((code) => codes.indexOf(code) + 1);
  return days.includes(0) ? null : days;
};

const none: RepeatValues = { repeat: 'once', days: [], monthly: 'day', rule: '' };
/** How a rule is chosen in the form. */
export const repeatOf = (rule: string | null, startsAt: string): RepeatValues => {
  if (rule === null) return none;
  const days = daysOf(rule);
  if (days !== null) return { ...none, repeat: 'weekly', days };
  const all: readonly RepeatValues[] = [
    { ...none, repeat: 'daily' },
    { ...none, repeat: 'monthly', monthly: 'day' },
    { ...none, repeat: 'monthly', monthly: 'nth' },
    { ...none, repeat: 'monthly', monthly: 'last' },
  ];
  return all.find((one) => ruleOf(one, startsAt) === rule) ?? { ...none, repeat: 'own', rule };
};

/** What of a month a window can be held on, by its first time. */
export const monthlyChoices = (startsAt: string): readonly Readonly<{ value: Monthly; label: string }>[] => {
  const { weekday, date, nth } = placeOf(startsAt);
  const [day, ordinal] = [nameOf(weekday), ordinalOf(nth)];
  return [
    { value: 'day', label: t`on day ${date}` },
    { value: 'nth', label: t`on the ${ordinal} ${day}` },
    { value: 'last', label: t`on the last ${day}` },
  ];
};

/** A rule in words; one of somebody’s own as it is. */
export const ruleWords = (rule: string | null, startsAt: string): string => {
  const values = repeatOf(rule, startsAt);
  const { weekday } = placeOf(startsAt);
  switch (values.repeat) {
    case 'once':
      return t`once`;
    case 'daily':
      return t`every day`;
    case 'weekly': {
      const days = (values.days.length === 0 ? [weekday] : values.days).map(nameOf).join(', ');
      return t`every week on ${days}`;
    }
    case 'monthly': {
      const when = monthlyChoices(startsAt).find(({ value }) => value === values.monthly)?.label ?? '';
      return t`every month ${when}`;
    }
    case 'own':
      return values.rule;
  }
};
