import { expect, test } from 'vitest';
import { type AlertRules, type PastChannel, type PastIncident, replayAlerts } from './alert-replay.ts';
import { defaultPolicy, type EscalationPolicy } from './escalation.ts';
import { onCallAt } from './on-call.ts';

const minute = 60_000;
const noon = Date.parse('2026-11-23T12:00:00Z'); // a Monday
const mail: PastChannel = { channelId: 'mail', accountId: 'ada', kind: 'email', listener: 'reader', quiet: null };
const call: PastChannel = { channelId: 'call', accountId: 'ada', kind: 'voice', listener: 'called', quiet: null };
const hook: PastChannel = { channelId: 'hook', accountId: null, kind: 'webhook', listener: 'program', quiet: null };
const untilTwo = {
  timeZone: 'UTC',
  windows: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '11:00', until: '14:00' }],
  except: [],
};

/** Times in minutes after noon. */
const anIncident = (over: Partial<PastIncident> = {}): PastIncident => ({
  ...{ id: 'i', severity: 'down', openedAt: noon, resolvedAt: noon + 20 * minute },
  ...{ acknowledgedAt: null, alertAfterMs: 0, settleMs: minute, attachment: null, ...over },
});
const rules = (over: Partial<AlertRules> = {}): AlertRules => ({
  policy: defaultPolicy,
  channels: [mail, call, hook],
  onCall: () => null,
  maintenance: [],
  ...over,
});
const steps = (...waits: readonly (readonly [number, string])[]): EscalationPolicy => ({
  ...defaultPolicy,
  steps: waits.map(([wait, channelId]) => ({ waitMs: wait * minute, targets: [{ kind: 'channel', channelId }] })),
});
const later = noon + 30 * 86_400_000;

/** `first minute | alerts by channel | messages | because` */
const told = (incident: PastIncident, given: AlertRules, now = later): string => {
  const { firstAt, alerts, messages, because } = replayAlerts(incident, given, now);
  const at = firstAt === null ? 'never' : `${(firstAt - noon) / minute}`;
  const by = [...alerts].map(([id, n]) => `${id} ${n}`).join(' ');
  return `${at} | ${by} | ${messages} | ${because}`;
};

const ten = noon + 10 * minute;
test.each<[string, PastIncident, AlertRules, string]>([
  ['everybody at once; the call says no end', anIncident(), rules(), '0 | mail 1 call 1 hook 1 | 5 | null'],
  [
    'a second step only while it lasts',
    anIncident(),
    rules({ policy: steps([0, 'mail'], [15, 'call'], [15, 'hook']) }),
    '0 | mail 1 call 1 | 3 | null',
  ],
  [
    'whoever was told before hears that nobody has it',
    anIncident(),
    rules({ policy: steps([0, 'mail'], [5, 'mail']) }),
    '0 | mail 2 | 3 | null',
  ],
  [
    'over before the first step',
    anIncident({ resolvedAt: noon + minute }),
    rules({ policy: steps([5, 'mail']) }),
    'never |  | 0 | over-first',
  ],
  ['the monitor waits too', anIncident({ alertAfterMs: 30 * minute }), rules(), 'never |  | 0 | over-first'],
  [
    'acknowledged: the ladder stops, whoever heard hears who',
    anIncident({ acknowledgedAt: ten }),
    rules({ policy: steps([0, 'mail'], [15, 'call']) }),
    '0 | mail 1 | 3 | null',
  ],
  [
    'acknowledged before anybody was told',
    anIncident({ acknowledgedAt: noon + minute }),
    rules({ policy: steps([5, 'mail']) }),
    'never |  | 0 | acknowledged',
  ],
  [
    'reminders',
    anIncident(),
    rules({ policy: { ...steps([0, 'mail']), remindEveryMs: 8 * minute } }),
    '0 | mail 3 | 4 | null',
  ],
  [
    'planned work is silent, and what outlasts it is told then',
    anIncident(),
    rules({ maintenance: [{ from: noon - minute, until: ten }] }),
    '10 | mail 1 call 1 hook 1 | 5 | maintenance',
  ],
  [
    'planned work is silent to the end',
    anIncident(),
    rules({ maintenance: [{ from: noon - minute, until: noon + 60 * minute }] }),
    'never |  | 0 | maintenance',
  ],
  [
    'a parent that is down speaks for it',
    anIncident({ attachment: { because: 'parent', from: noon, until: null } }),
    rules(),
    'never |  | 0 | parent-down',
  ],
  [
    'a child that is well soon after its parent is told of by nobody',
    anIncident({ attachment: { because: 'parent', from: noon, until: noon + 19.5 * minute } }),
    rules(),
    'never |  | 0 | parent-down',
  ],
  [
    'a child that stays down after its parent is told of',
    anIncident({ attachment: { because: 'parent', from: noon, until: noon + 5 * minute } }),
    rules(),
    '6 | mail 1 call 1 hook 1 | 5 | parent-down',
  ],
  [
    'what shares its cause is told once',
    anIncident({ attachment: { because: 'shared-cause', from: noon, until: null } }),
    rules({ policy: steps([0, 'mail'], [5, 'mail'], [5, 'call']) }),
    '0 | mail 1 | 2 | null',
  ],
  [
    'in quiet hours a person hears afterwards, in one message; nobody is called',
    anIncident(),
    rules({ channels: [mail, call].map((channel) => ({ ...channel, quiet: untilTwo })) }),
    '120 |  | 1 | quiet-hours',
  ],
  [
    'a program hears all of it, late',
    anIncident(),
    rules({ channels: [{ ...hook, quiet: untilTwo }] }),
    '120 | hook 1 | 2 | quiet-hours',
  ],
  ['no channel at all', anIncident(), rules({ channels: [] }), 'never |  | 0 | nobody-reached'],
  [
    'a policy that reaches nobody reaches everyone',
    anIncident(),
    rules({ policy: steps([0, 'gone'], [5, 'gone']) }),
    '0 | mail 1 call 1 hook 1 | 5 | null',
  ],
  ['still open: nothing is over', anIncident({ resolvedAt: null }), rules(), '0 | mail 1 call 1 hook 1 | 3 | null'],
])('%s', (_, incident, given, expected) => expect(told(incident, given)).toBe(expected));

test('who is on call is asked at the moment of the step', () => {
  const schedule = {
    rotations: [],
    overrides: [
      { from: noon, until: ten, accountId: 'ada' },
      { from: ten, until: later, accountId: 'bob' },
    ],
  };
  const bobs: PastChannel = { ...mail, channelId: 'bobs', accountId: 'bob' };
  const target = { kind: 'schedule', scheduleId: 's', channelKinds: ['email'] } as const;
  const policy = { ...defaultPolicy, steps: [0, 15].map((wait) => ({ waitMs: wait * minute, targets: [target] })) };
  const given = rules({ policy, channels: [mail, call, bobs], onCall: (_, at) => onCallAt(schedule, at) });
  expect(told(anIncident(), given)).toBe('0 | mail 1 bobs 1 | 4 | null');
});

test('an incident of weeks with reminders to a hundred channels ends, and costs little', () => {
  const channels = Array.from({ length: 100 }, (_, i) => ({ ...mail, channelId: `c${i}`, quiet: untilTwo }));
  const policy = { ...defaultPolicy, repeatTimes: 100, repeatAfterMs: 0, remindEveryMs: 300_000 };
  const { messages } = replayAlerts(anIncident({ resolvedAt: null }), rules({ policy, channels }), later);
  expect(messages).toBeGreaterThan(100);
  expect(messages).toBeLessThan(2_500);
});
