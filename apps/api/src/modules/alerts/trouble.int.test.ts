import type { Mailer, Outcome } from '@farwatch/notifiers';
import { startInbox, startWebhookSink } from '@farwatch/testkit';
import { expect, test } from 'vitest';
import { eventStore } from '../events/store.ts';
import { type Alerting, secret, startAlerting } from './alerting.fixture.ts';
import { settleReceipt } from './receipts.ts';

// What is rare and must not go wrong: each of these lost, repeated or froze an alert once.

const minute = 60_000;
const by = { accountId: null, name: 'Bob', via: 'api' };
type Mail = Parameters<Mailer['send']>[0];

/** A mail server as the words it says; `sent` keeps what it was offered. */
const mailerOf = (answer: (mail: Mail) => Outcome) => {
  const sent: Mail[] = [];
  const mailer: Mailer = {
    send: async (mail) => {
      sent.push(mail);
      return answer(mail);
    },
    close: async () => undefined,
  };
  return { mailer, sent };
};
const live = async (alerting: Alerting, mailer: Mailer, count: number, stepMs: number): Promise<void> => {
  for (let i = 0; i < count; i++) {
    await alerting.settle({ mailer });
    alerting.pass(stepMs);
  }
};
const acknowledge = async ({ world: { db, organisationId }, planner, now }: Alerting, incidentId: string) =>
  db.transaction((tx) => planner.acknowledged(tx, { organisationId, incidentId, by, now: now() }));

test('news behind a message that failed often goes out when the provider is back', async () => {
  await using alerting = await startAlerting();
  await alerting.world.addChannel('email', 'ada@example.test');
  let dead = true;
  const { mailer, sent } = mailerOf(() =>
    dead ? { kind: 'retry', reason: 'dead' } : { kind: 'delivered', answer: '' },
  );
  const { incidentId } = await alerting.open();
  await live(alerting, mailer, 10, 20_000);
  await acknowledge(alerting, incidentId);
  dead = false;
  const before = sent.length;
  await live(alerting, mailer, 6, minute);
  expect(sent.slice(before).map(({ subject }) => subject)).toEqual(['Down: Shop (HTTP 502)', 'Bob has it: Shop']);
});

test('a snooze that is taken back or made shorter leaves no trace', async () => {
  await using alerting = await startAlerting();
  await alerting.world.addChannel('email', 'ada@example.test');
  const everyone = [{ kind: 'everyone' } as const];
  alerting.setPolicy({
    steps: [
      { waitMs: 0, targets: everyone },
      { waitMs: 5 * minute, targets: everyone },
    ],
  });
  const { db } = alerting.world;
  const { incidentId } = await alerting.open();
  const snooze = (until: number | null) =>
    db.transaction((tx) => alerting.planner.snoozed(tx, { incidentId, until, now: alerting.now() }));
  await snooze(alerting.now() + 7 * 1_440 * minute);
  await snooze(null);
  alerting.pass(4 * minute);
  expect(await alerting.escalate()).toHaveLength(0);
  alerting.pass(2 * minute);
  expect(await alerting.escalate()).toHaveLength(1);
});

test('a message of several that may have arrived is repeated as it was, though one of them is over meanwhile', async () => {
  await using alerting = await startAlerting();
  await alerting.world.addChannel('email', 'ada@example.test');
  const outcomes: Outcome[] = [{ kind: 'retry', reason: 'no answer in time' }];
  const { mailer, sent } = mailerOf(() => outcomes.shift() ?? { kind: 'delivered', answer: '250' });
  const opened: Awaited<ReturnType<Alerting['open']>>[] = [];
  for (let i = 0; i < 6; i++) opened.push(await alerting.open());
  await alerting.settle({ mailer });
  const [first] = opened;
  await alerting.resolve(first?.monitorId ?? '', first?.incidentId ?? '');
  await live(alerting, mailer, 20, 6_000);
  expect(sent.map(({ messageId }) => messageId).slice(0, 2)).toEqual([
    first?.due[0]?.deliveryId,
    first?.due[0]?.deliveryId,
  ]);
  expect(sent.map(({ subject }) => subject?.slice(0, 8))).toEqual(['6 down: ', '6 down: ', 'Up again']);
});

test('a wait that the receiver asked for stands, though another call of before ends well after it', async () => {
  let release: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  await using sink = await startWebhookSink((_, nth) =>
    nth === 1 ? { status: 429, headers: { 'retry-after': '600' } } : 200,
  );
  await using alerting = await startAlerting();
  const { db } = alerting.world;
  await alerting.world.addChannel('webhook', sink.url, secret);
  const [a, b] = [await alerting.open(), await alerting.open()];
  const transaction: typeof db.transaction = async (work) => {
    await gate;
    return db.transaction(work);
  };
  const [dueA, dueB] = [a.due[0], b.due[0]];
  if (dueA === undefined || dueB === undefined) throw new Error('both are due');
  const slow = alerting.worker({ db: { sql: db.sql, transaction } })(dueA);
  await sink.waitFor(() => sink.calls.length === 1, 5_000);
  await alerting.worker()(dueB);
  release();
  await slow;
  await alerting.open();
  alerting.pass(1_000);
  await alerting.settle();
  expect(sink.calls).toHaveLength(2);
  alerting.pass(601_000);
  await alerting.settle();
  expect(sink.calls).toHaveLength(4);
});

test('of several calls that a gone endpoint refused each incident is told elsewhere', async () => {
  await using gone = await startWebhookSink(() => 410);
  await using inbox = await startInbox();
  await using alerting = await startAlerting({ smtpUrl: inbox.url });
  const channelId = await alerting.world.addChannel('webhook', gone.url, secret);
  await alerting.world.addChannel('email', 'ada@example.test');
  alerting.setPolicy({ steps: [{ waitMs: 0, targets: [{ kind: 'channel', channelId }] }] });
  const opened = [await alerting.open(), await alerting.open(), await alerting.open()];
  await Promise.all(opened.flatMap(({ due }) => due.map(alerting.worker())));
  for (let i = 0; i < 10; i++) {
    await alerting.settle();
    alerting.pass(20_000);
  }
  for (const { incidentId } of opened)
    expect((await alerting.deliveries(incidentId)).map(({ status }) => status).toSorted()).toEqual([
      'delivered',
      'failed',
    ]);
});

test('a phone that can not be reached for good is broken, and its people are told elsewhere', async () => {
  await using inbox = await startInbox();
  await using alerting = await startAlerting({ smtpUrl: inbox.url });
  const channelId = await alerting.world.addTarget({ kind: 'sms', to: '+4915112345678' });
  await alerting.world.addChannel('email', 'ada@example.test');
  alerting.setPolicy({ steps: [{ waitMs: 0, targets: [{ kind: 'channel', channelId }] }] });
  await alerting.open();
  const { db } = alerting.world;
  await db.sql.query(
    `UPDATE delivery SET status = 'accepted', provider_id = 'SM1', sent_at = now() WHERE channel_id = $1`,
    [channelId],
  );
  const settle = settleReceipt({ db, events: eventStore() }, alerting.now);
  await settle({ providerId: 'SM1', settled: { failed: 'unknown handset (30005)', permanent: true, again: false } });
  await alerting.settle();
  const told = inbox.mails.map(({ parsed }) => parsed.subject);
  expect(told.toSorted()).toEqual(['Down: Shop (HTTP 502)', 'Your channel my sms is broken']);
  const { rows } = await db.sql.query('SELECT status FROM channel WHERE id = $1', [channelId]);
  expect(rows).toEqual([{ status: 'broken' }]);
});

test('who has been acknowledged is not called on, and hears no more "nobody has it"', async () => {
  await using alerting = await startAlerting();
  const everyone = [{ kind: 'everyone' } as const];
  await alerting.world.addChannel('email', 'ada@example.test');
  alerting.setPolicy({
    steps: [
      { waitMs: 0, targets: everyone },
      { waitMs: minute, targets: everyone },
    ],
  });
  let dead = false;
  const { mailer, sent } = mailerOf(() =>
    dead ? { kind: 'retry', reason: 'dead' } : { kind: 'delivered', answer: '' },
  );
  const { incidentId } = await alerting.open();
  await alerting.settle({ mailer });
  dead = true;
  const other = await alerting.open();
  await alerting.settle({ mailer });
  alerting.pass(minute + 1);
  await alerting.escalate();
  await acknowledge(alerting, incidentId);
  dead = false;
  await live(alerting, mailer, 10, minute);
  expect(sent.map(({ subject }) => subject).join('\n')).not.toMatch(/nobody has it: Shop.*\n.*nobody has it/u);
  expect((await alerting.deliveries(incidentId)).map(({ event, status }) => `${event} ${status}`)).toContain(
    'incident.escalated dropped',
  );
  expect((await alerting.deliveries(other.incidentId))[0]?.status).toBe('delivered');
});

test('a message that fails where others go through does not hold them up', async () => {
  await using alerting = await startAlerting();
  await alerting.world.addChannel('email', 'ada@example.test');
  const poison = await alerting.open({ kind: 'assertion', expected: 'poison', got: '' });
  const { mailer, sent } = mailerOf(({ subject }) =>
    subject.includes('poison') ? { kind: 'retry', reason: 'I choke' } : { kind: 'delivered', answer: '250' },
  );
  await live(alerting, mailer, 30, 10_000);
  const waits: number[] = [];
  for (let i = 0; i < 4; i++) {
    const asked = alerting.now();
    const before = sent.filter(({ subject }) => !subject.includes('poison')).length;
    await alerting.open();
    while (sent.filter(({ subject }) => !subject.includes('poison')).length === before)
      await live(alerting, mailer, 1, 1_000);
    waits.push(alerting.now() - asked);
    await live(alerting, mailer, 40, 10_000);
  }
  expect(Math.max(...waits.slice(1))).toBeLessThanOrEqual(61_000);
  expect((await alerting.deliveries(poison.incidentId))[0]?.status).toBe('pending');
});
