import { startInbox, startWebhookSink } from '@farwatch/testkit';
import { v7 as newId } from 'uuid';
import { expect, test } from 'vitest';
import { type Alerting, startAlerting } from './alerting.fixture.ts';

const minute = 60_000;

/** Lets minutes pass; ladders climb and what is due is sent at each. */
const minutes = async (alerting: Alerting, count: number): Promise<void> => {
  for (let i = 0; i < count; i++) {
    alerting.pass(minute);
    await alerting.escalate();
    await alerting.settle();
  }
};
const addPerson = async ({ world }: Alerting, name: string): Promise<string> => {
  const id = newId();
  const { sql } = world.db;
  await sql.query('INSERT INTO account (id, name, email, updated_at) VALUES ($1, $2, $3, now())', [
    id,
    name,
    `${name}@x.test`,
  ]);
  await sql.query(`INSERT INTO member (organisation_id, account_id, role) VALUES ($1, $2, 'member')`, [
    world.organisationId,
    id,
  ]);
  await world.addTarget({ kind: 'email', address: `${name}@x.test` }, { account_id: id });
  return id;
};
const heard = (mails: readonly { to: readonly string[]; parsed: { subject?: string | undefined } }[]) =>
  mails.map(({ to, parsed }) => `${to[0]?.split('@')[0]}: ${parsed.subject?.split(':')[0]}`);

test('a ladder climbs until somebody acknowledges; then everybody who was told hears who has it', async () => {
  await using inbox = await startInbox();
  await using alerting = await startAlerting({ smtpUrl: inbox.url });
  const [ann, bob, eve] = [
    await addPerson(alerting, 'ann'),
    await addPerson(alerting, 'bob'),
    await addPerson(alerting, 'eve'),
  ];
  const tell = (accountId: string) => [{ kind: 'account', accountId, channelKinds: null } as const];
  alerting.setPolicy({
    steps: [
      { waitMs: 0, targets: tell(ann) },
      { waitMs: 5 * minute, targets: tell(bob) },
      { waitMs: 5 * minute, targets: tell(eve) },
    ],
    repeatTimes: 1,
    repeatAfterMs: 10 * minute,
  });
  const { incidentId } = await alerting.open();
  await alerting.settle();
  await minutes(alerting, 6);
  expect(heard(inbox.mails)).toEqual(['ann: Down', 'bob: Down']);
  const { db, organisationId } = alerting.world;
  const by = { accountId: bob, name: 'Bob', via: 'page' };
  await db.sql.query('UPDATE incident SET acknowledged_at = now(), acknowledged_by = $2 WHERE id = $1', [
    incidentId,
    by,
  ]);
  await db.transaction((tx) =>
    alerting.planner.acknowledged(tx, { organisationId, incidentId, by, now: alerting.now() }),
  );
  await minutes(alerting, 40);
  expect(heard(inbox.mails).slice(2).toSorted()).toEqual(['ann: Bob has it', 'bob: Bob has it']);
});

test('nobody acknowledges: every step in turn, the whole ladder again as often as it says, and then no more', async () => {
  await using inbox = await startInbox();
  await using alerting = await startAlerting({ smtpUrl: inbox.url });
  const [ann, bob] = [await addPerson(alerting, 'ann'), await addPerson(alerting, 'bob')];
  const tell = (accountId: string) => [{ kind: 'account', accountId, channelKinds: ['email'] } as const];
  alerting.setPolicy({
    steps: [
      { waitMs: 0, targets: tell(ann) },
      { waitMs: 5 * minute, targets: tell(bob) },
    ],
    repeatTimes: 1,
    repeatAfterMs: 10 * minute,
  });
  await alerting.open();
  await alerting.settle();
  await minutes(alerting, 60);
  expect(heard(inbox.mails)).toEqual([
    'ann: Down',
    'bob: Down',
    'ann: Still down, nobody has it',
    'bob: Still down, nobody has it',
  ]);
});

test('who is on call is decided when it is told; where nobody is, the next step comes at once', async () => {
  await using inbox = await startInbox();
  await using alerting = await startAlerting({ smtpUrl: inbox.url });
  const [ann, bob] = [await addPerson(alerting, 'ann'), await addPerson(alerting, 'bob')];
  const override = { from: alerting.now() + 3 * minute, until: alerting.now() + 60 * minute, accountId: bob };
  alerting.setSchedule({ rotations: [], overrides: [override] });
  const onCall = { kind: 'schedule', scheduleId: newId(), channelKinds: null } as const;
  alerting.setPolicy({
    steps: [
      { waitMs: 0, targets: [onCall] },
      { waitMs: 5 * minute, targets: [{ kind: 'account', accountId: ann, channelKinds: null }] },
      { waitMs: 5 * minute, targets: [onCall] },
    ],
  });
  await alerting.open();
  await alerting.settle();
  expect(heard(inbox.mails)).toEqual(['ann: Down']);
  await minutes(alerting, 6);
  expect(heard(inbox.mails)).toEqual(['ann: Down', 'bob: Down']);
});

test('a ladder that would reach nobody tells everybody', async () => {
  await using inbox = await startInbox();
  await using alerting = await startAlerting({ smtpUrl: inbox.url });
  await addPerson(alerting, 'ann');
  alerting.setPolicy({ steps: [{ waitMs: 0, targets: [{ kind: 'channel', channelId: newId() }] }] });
  await alerting.open();
  await alerting.settle();
  expect(heard(inbox.mails)).toEqual(['ann: Down']);
});

test('an outage shorter than the monitor’s own patience is told to nobody', async () => {
  await using sink = await startWebhookSink();
  await using alerting = await startAlerting();
  await alerting.world.addChannel('webhook', sink.url, `whsec_${Buffer.alloc(32, 7).toString('base64')}`);
  const patient = await alerting.world.addMonitor();
  await alerting.world.db.sql.query('UPDATE monitor SET alert_after_ms = $2 WHERE id = $1', [patient, 5 * minute]);
  const short = await alerting.open(undefined, patient);
  await minutes(alerting, 4);
  await alerting.resolve(patient, short.incidentId);
  await minutes(alerting, 10);
  expect(sink.calls).toHaveLength(0);
  await alerting.open(undefined, patient);
  await minutes(alerting, 6);
  expect(sink.calls).toHaveLength(1);
});

test('reminders come while it is open, a snooze holds them and the ladder, and the end ends both', async () => {
  await using inbox = await startInbox();
  await using alerting = await startAlerting({ smtpUrl: inbox.url });
  await alerting.world.addChannel('email', 'ann@x.test');
  alerting.setPolicy({ remindEveryMs: 10 * minute });
  const { incidentId, monitorId } = await alerting.open();
  await alerting.settle();
  await minutes(alerting, 21);
  expect(heard(inbox.mails)).toEqual(['ann: Down', 'ann: Still down', 'ann: Still down']);
  const { db } = alerting.world;
  const until = alerting.now() + 60 * minute;
  await db.sql.query('UPDATE incident SET snoozed_until = to_timestamp($2 / 1000.0) WHERE id = $1', [
    incidentId,
    until,
  ]);
  await db.transaction((tx) => alerting.planner.snoozed(tx, { incidentId, until, now: alerting.now() }));
  await minutes(alerting, 58);
  expect(inbox.mails).toHaveLength(3);
  await minutes(alerting, 4);
  expect(inbox.mails).toHaveLength(4);
  await alerting.resolve(monitorId, incidentId);
  await minutes(alerting, 60);
  expect(heard(inbox.mails).slice(4)).toEqual(['ann: Up again']);
});

test('a worker that was away for hours tells one step, not all it missed', async () => {
  await using inbox = await startInbox();
  await using alerting = await startAlerting({ smtpUrl: inbox.url });
  const [ann, bob] = [await addPerson(alerting, 'ann'), await addPerson(alerting, 'bob')];
  const tell = (accountId: string) => [{ kind: 'account', accountId, channelKinds: null } as const];
  alerting.setPolicy({
    steps: [
      { waitMs: 0, targets: tell(ann) },
      { waitMs: minute, targets: tell(bob) },
      { waitMs: minute, targets: tell(ann) },
    ],
  });
  await alerting.open();
  await alerting.settle();
  alerting.pass(5 * 60 * minute);
  await Promise.all([alerting.escalate(), alerting.escalate()]);
  await alerting.settle();
  expect(heard(inbox.mails)).toEqual(['ann: Down', 'bob: Down']);
});
