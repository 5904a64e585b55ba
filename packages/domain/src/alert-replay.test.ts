import { expect, test } from 'vitest';
import { replayAlerts } from './alert-replay.ts';
import { defaultPolicy, type EscalationPolicy } from './escalation.ts';
import { onCallAt } from './on-call.ts';
import type { AlertRules, PastAncestor, PastChannel, PastDeed, PastIncident, PastWorld } from './past-incident.ts';

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

const anIncident = (over: Partial<PastIncident> = {}): PastIncident => ({
  ...{ id: 'i', monitorId: 'm', severity: 'down', openedAt: noon, toldAt: noon, overAt: noon + 20 * minute },
  ...{ ended: 'recovered', alertAfterMs: 0, intervalMs: 28_000, timeoutMs: 30_000, deeds: [], share: null, ...over },
});
type Given = AlertRules & Readonly<{ channels: readonly PastChannel[]; above: readonly PastAncestor[] }>;
const rules = (over: Partial<Given> = {}): Given => ({
  policy: defaultPolicy,
  channels: [mail, call, hook],
  onCall: () => null,
  maintenance: [],
  above: [],
  ...over,
});
const worldOf = (incidents: readonly PastIncident[], { channels, above, ...given }: Given): PastWorld => ({
  ...{ incidents, channels, rulesOf: () => given, ancestorsOf: (id) => (id === 'm' ? above : []) },
});
/** A parent that was down, or failing, from and until so many minutes after noon. */
const parent = (down: readonly [number, number | null] | null, failing: readonly [number, number] | null = null) => ({
  ...{ monitorId: 'p', depth: 1, timeoutMs: 30_000 },
  incidents:
    down === null
      ? []
      : [{ id: 'pi', from: noon + down[0] * minute, until: down[1] === null ? null : noon + down[1] * minute }],
  failing: failing === null ? [] : [{ from: noon + failing[0] * minute, until: noon + failing[1] * minute }],
});
const acknowledged = (at: number): PastDeed => ({ kind: 'acknowledged', at: noon + at * minute });
const snoozed = (at: number, until: number | null): PastDeed => ({
  ...{ kind: 'snoozed', at: noon + at * minute, until: until === null ? null : noon + until * minute },
});
const window = (from: number, until: number) => ({
  ...{ windowId: 'w', from: noon + from * minute, until: noon + until * minute },
});
const steps = (...waits: readonly (readonly [number, string])[]): EscalationPolicy => ({
  ...defaultPolicy,
  steps: waits.map(([wait, channelId]) => ({ waitMs: wait * minute, targets: [{ kind: 'channel', channelId }] })),
});
const later = noon + 30 * 86_400_000;

/** `first minute | alerts by channel | messages | because` */
const told = (incident: PastIncident, given: Given, now = later): string => {
  const story = replayAlerts(worldOf([incident], given), now).stories.get(incident.id);
  if (story === undefined) return 'no story';
  const { firstAt, alerts, messages, because } = story;
  const at = firstAt === null ? 'never' : `${(firstAt - noon) / minute}`;
  const by = [...alerts].map(([id, n]) => `${id} ${n}`).join(' ');
  return `${at} | ${by} | ${messages} | ${because}`;
};

const ten = noon + 10 * minute;
test.each<[string, PastIncident, Given, string]>([
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
    anIncident({ overAt: noon + minute }),
    rules({ policy: steps([5, 'mail']) }),
    'never |  | 0 | over-first',
  ],
  ['the monitor waits too', anIncident({ alertAfterMs: 30 * minute }), rules(), 'never |  | 0 | over-first'],
  [
    'acknowledged: the ladder stops, whoever heard hears who',
    anIncident({ deeds: [acknowledged(10)] }),
    rules({ policy: steps([0, 'mail'], [15, 'call']) }),
    '0 | mail 1 | 3 | null',
  ],
  [
    'acknowledged before anybody was told',
    anIncident({ deeds: [acknowledged(1)] }),
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
    rules({ maintenance: [window(-1, 10)] }),
    '10 | mail 1 call 1 hook 1 | 5 | maintenance',
  ],
  [
    'planned work is silent to the end',
    anIncident(),
    rules({ maintenance: [window(-1, 60)] }),
    'never |  | 0 | maintenance',
  ],
  [
    'a parent that is down speaks for it',
    anIncident(),
    rules({ above: [parent([-1, null])] }),
    'never |  | 0 | parent-down',
  ],
  [
    'a child that is well soon after its parent is told of by nobody',
    anIncident(),
    rules({ above: [parent([-1, 19.5])] }),
    'never |  | 0 | parent-down',
  ],
  [
    'a child that stays down after its parent is told of',
    anIncident(),
    rules({ above: [parent([-1, 5])] }),
    '6 | mail 1 call 1 hook 1 | 5 | parent-down',
  ],
  [
    'what shares its cause is told once',
    anIncident({ share: { incidentId: 'other', because: 'host', openedAt: noon - minute, until: null } }),
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
  [
    'still open: nothing is over',
    anIncident({ overAt: null, ended: null }),
    rules(),
    '0 | mail 1 call 1 hook 1 | 3 | null',
  ],
  [
    'paused: nobody hears of its end',
    anIncident({ ended: 'paused' }),
    rules({ policy: steps([0, 'mail']) }),
    '0 | mail 1 | 1 | null',
  ],
  [
    'snoozed: the next step and the reminders wait for its end',
    anIncident({ deeds: [snoozed(2, 15)] }),
    rules({ policy: { ...steps([0, 'mail'], [5, 'call']), remindEveryMs: 6 * minute } }),
    '0 | mail 2 call 2 | 5 | null',
  ],
  [
    'a snooze that is taken back leaves no trace',
    anIncident({ deeds: [snoozed(2, 60), snoozed(4, null)] }),
    rules({ policy: steps([0, 'mail'], [5, 'call']) }),
    '0 | mail 1 call 1 | 3 | null',
  ],
  [
    'snoozed before anybody was told',
    anIncident({ deeds: [snoozed(1, 60)] }),
    rules({ policy: steps([5, 'mail']) }),
    'never |  | 0 | snoozed',
  ],
  [
    'given back: the ladder goes on',
    anIncident({ deeds: [acknowledged(1), { kind: 'unacknowledged', at: ten }] }),
    rules({ policy: steps([0, 'mail'], [5, 'call']) }),
    '0 | mail 1 call 1 | 4 | null',
  ],
  [
    'a parent that may be down is waited for, as long as its own confirmation may take',
    anIncident(),
    rules({ policy: steps([0, 'mail']), above: [parent(null, [-1, 10])] }),
    `${32 / 60} | mail 1 | 2 | parent-suspected`,
  ],
  [
    'a parent that was well again in between is waited for no longer',
    anIncident(),
    rules({ policy: steps([0, 'mail']), above: [parent(null, [-1, 0.1])] }),
    `${6 / 60} | mail 1 | 2 | parent-suspected`,
  ],
  [
    'a parent that goes down just afterwards takes it over; the reminder says that it outlasts it',
    anIncident(),
    rules({ policy: steps([0, 'mail'], [5, 'call']), above: [parent([0.5, 10])] }),
    '0 | mail 2 call 2 | 5 | null',
  ],
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
  const open = anIncident({ overAt: null, ended: null });
  const { messages, isLeast } = replayAlerts(worldOf([open], rules({ policy, channels })), later);
  expect({ messages, isLeast }).toEqual({ messages: 100, isLeast: true }); // all in quiet hours: one each, afterwards
});

/** So many incidents of as many monitors, each so many minutes after noon. */
const several = (at: readonly number[], over: Partial<PastIncident> = {}): readonly PastIncident[] =>
  at.map((minutes, n) => {
    const openedAt = noon + minutes * minute;
    return anIncident({ ...over, id: `i${n}`, monitorId: `m${n}`, openedAt, toldAt: openedAt });
  });

test('a storm is a message and a digest for people, and each by itself for a program', () => {
  const given = rules({ channels: [mail, hook] });
  const storm = several([0, 0, 0, 0, 0, 0.1, 0.2], { overAt: noon + 60 * minute });
  const { alerts, messages } = replayAlerts(worldOf(storm, given), later);
  expect(Object.fromEntries(alerts)).toEqual({ mail: 2, hook: 7 });
  expect(messages).toBe(2 + 1 + 7 + 7);
  const { stories } = replayAlerts(worldOf(storm, rules({ channels: [mail] })), later);
  expect([stories.get('i0')?.because, stories.get('i6')?.because]).toEqual([null, 'gathered']);
});

test('what shares its cause with the first is told in one message with the others', () => {
  const share = { incidentId: 'i0', because: 'host', openedAt: noon, until: noon + 30 * minute } as const;
  const [first, ...rest] = several([0, 0.01, 0.02, 0.03], { overAt: noon + 20 * minute });
  if (first === undefined) throw new Error('no incident');
  const world = worldOf([first, ...rest.map((one) => ({ ...one, share }))], rules({ channels: [mail] }));
  expect(replayAlerts(world, noon + 10 * minute).messages).toBe(2);
});

test('no more texts and calls an hour than an organisation may send', () => {
  const sms: PastChannel = { ...mail, kind: 'sms' };
  const many = several(
    Array.from({ length: 40 }, (_, i) => i * 1.4),
    { overAt: null, ended: null },
  );
  const count = (kind: PastChannel) =>
    replayAlerts(worldOf(many, rules({ channels: [kind] })), noon + 58 * minute).messages;
  expect([count(sms), count(mail) > 20]).toEqual([20, true]);
});

test('a thousand incidents at fifty channels are replayed in seconds', { timeout: 60_000 }, () => {
  const channels = Array.from({ length: 50 }, (_, i) => ({ ...mail, channelId: `c${i}`, quiet: untilTwo }));
  const many = several(
    Array.from({ length: 1_000 }, (_, i) => i / 2),
    { overAt: noon + 600 * minute },
  );
  const began = performance.now();
  expect(replayAlerts(worldOf(many, rules({ channels })), later).messages).toBeGreaterThan(50);
  expect(performance.now() - began).toBeLessThan(20_000);
});
