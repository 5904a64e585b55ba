import { expect, test } from 'vitest';
import { repeatOf, ruleOf, ruleWords } from './repeats.ts';

const start = '2026-11-29T02:00'; // the fifth Sunday of its month

test.each([
  [null, 'once', 'once'],
  ['FREQ=DAILY', 'daily', 'every day'],
  ['FREQ=WEEKLY', 'weekly', 'every week on Sunday'],
  ['FREQ=WEEKLY;BYDAY=MO,TH', 'weekly', 'every week on Monday, Thursday'],
  ['FREQ=MONTHLY', 'monthly', 'every month on day 29'],
  ['FREQ=MONTHLY;BYDAY=+5SU', 'monthly', 'every month on the fifth Sunday'],
  ['FREQ=MONTHLY;BYDAY=-1SU', 'monthly', 'every month on the last Sunday'],
  ['FREQ=MONTHLY;BYDAY=+2TU', 'own', 'FREQ=MONTHLY;BYDAY=+2TU'],
  ['FREQ=WEEKLY;INTERVAL=2', 'own', 'FREQ=WEEKLY;INTERVAL=2'],
])('%s is chosen as %s, said as “%s”, and sent as it was', (rule, repeat, words) => {
  const values = repeatOf(rule, start);
  expect([values.repeat, ruleWords(rule, start), ruleOf(values, start)]).toEqual([repeat, words, rule]);
});
