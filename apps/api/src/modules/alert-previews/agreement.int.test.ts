import { defaultPolicy, type EscalationPolicy, listenerOf, type PastChannel, replayAlerts } from '@farwatch/domain';
import { startInbox } from '@farwatch/testkit';
import { expect, test } from 'vitest';
import { type Alerting, startAlerting } from '../alerts/alerting.fixture.ts';

// What is replayed against what the worker really sends, minute by minute, to a real mail server. All stay below the pace
// at which a channel's messages are put together: that is not replayed.

const minute = 60_000;
const wallAt = (at: number): string => new Date(at).toISOString().slice(11, 16);

type Case = Readonly<{ name: string; steps: readonly (readonly [number, readonly number[]])[]; lasts: number }> &
  Readonly<{ quietFor?: number; acknowledgedAfter?: number; policy?: Partial<EscalationPolicy> }>;

const cases: readonly Case[] = [
  { name: 'everybody at once', steps: [[0, [0, 1]]], lasts: 7 },
  {
    name: 'a second step',
    steps: [
      [0, [0]],
      [5, [1]],
    ],
    lasts: 12,
  },
  {
    name: 'over before the second step',
    steps: [
      [0, [0]],
      [5, [1]],
    ],
    lasts: 3,
  },
  {
    name: 'rounds and reminders',
    steps: [
      [1, [0]],
      [3, [0, 1]],
    ],
    lasts: 12,
    policy: { repeatTimes: 1, repeatAfterMs: 6 * minute, remindEveryMs: 9 * minute },
  },
  {
    name: 'somebody has it',
    steps: [
      [0, [0]],
      [5, [1]],
    ],
    lasts: 20,
    acknowledgedAfter: 2,
    policy: { remindEveryMs: 8 * minute },
  },
  { name: 'quiet, longer than it lasts', steps: [[0, [0, 1]]], lasts: 10, quietFor: 25 },
  {
    name: 'quiet, shorter than it lasts',
    steps: [
      [0, [0, 1]],
      [5, [0]],
    ],
    lasts: 22,
    quietFor: 12,
    policy: { remindEveryMs: 10 * minute },
  },
];

const play = async (alerting: Alerting, minutes: number): Promise<void> => {
  for (let i = 0; i < minutes; i++) {
    alerting.pass(minute);
    await alerting.escalate();
    await alerting.settle();
  }
};

test.each(cases)('$name: the replay counts what is sent', async (given) => {
  await using inbox = await startInbox();
  await using alerting = await startAlerting({ smtpUrl: inbox.url });
  const { world, planner } = alerting;
  const { sql } = world.db;
  const openedAt = alerting.now();
  const edge = { days: [1, 2, 3, 4, 5, 6, 7], from: wallAt(openedAt - 5 * minute) };
  const until = Math.floor(openedAt / minute) * minute + (given.quietFor ?? 0) * minute;
  const quiet =
    given.quietFor === undefined ? null : { timeZone: 'UTC', windows: [{ ...edge, until: wallAt(until) }], except: [] };
  const ids: string[] = [];
  for (const name of ['ann', 'bob'])
    ids.push(await world.addTarget({ kind: 'email', address: `${name}@x.test` }, { quiet_hours: quiet }));
  const steps = given.steps.map(([wait, whom]) => ({
    waitMs: wait * minute,
    targets: whom.map((i) => ({ kind: 'channel' as const, channelId: ids[i] ?? '' })),
  }));
  const policy: EscalationPolicy = { ...defaultPolicy, ...given.policy, steps };
  alerting.setPolicy(policy);
  const { incidentId, monitorId } = await alerting.open();
  await alerting.settle();
  const acknowledgedAfter = given.acknowledgedAfter ?? null;
  if (acknowledgedAfter !== null) {
    await play(alerting, acknowledgedAfter);
    const by = { accountId: null, name: 'Bob', via: 'page' };
    await sql.query(
      'UPDATE incident SET acknowledged_at = to_timestamp($3::float8 / 1000), acknowledged_by = $2 WHERE id = $1',
      [incidentId, by, alerting.now()],
    );
    const { organisationId } = world;
    await world.db.transaction((tx) =>
      planner.acknowledged(tx, { organisationId, incidentId, by, now: alerting.now() }),
    );
    await alerting.settle();
  }
  await play(alerting, given.lasts - (acknowledgedAfter ?? 0));
  alerting.pass(minute / 2); // between two rounds of the worker: nothing is due at the very moment it ends
  await alerting.resolve(monitorId, incidentId);
  await alerting.settle();
  const resolvedAt = alerting.now();
  await play(alerting, 30);

  const sent = (await alerting.deliveries(incidentId)).filter(({ status }) => status === 'delivered');
  const says = ['incident.opened', 'incident.escalated', 'incident.reminder'];
  const alertsTo = (id: string): number =>
    sent.filter((row) => row.channelId === id && says.includes(row.event)).length;
  const channels: PastChannel[] = ids.map((channelId) => ({
    ...{ channelId, accountId: null, kind: 'email', listener: listenerOf('email'), quiet },
  }));
  const story = replayAlerts(
    {
      ...{ id: incidentId, severity: 'down', openedAt, resolvedAt, alertAfterMs: 0, settleMs: 0, attachment: null },
      acknowledgedAt: acknowledgedAfter === null ? null : openedAt + acknowledgedAfter * minute,
    },
    { policy, channels, onCall: () => null, maintenance: [] },
    alerting.now(),
  );
  expect({ messages: story.messages, alerts: ids.map((id) => story.alerts.get(id) ?? 0) }).toEqual({
    ...{ messages: sent.length, alerts: ids.map(alertsTo) },
  });
  expect(sent.length).toBeGreaterThan(0);
});
