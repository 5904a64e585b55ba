import { startInbox, startWebhookSink } from '@farwatch/testkit';
import { expect, test } from 'vitest';
import { type Alerting, startAlerting } from './alerting.fixture.ts';

type Mail = Readonly<{ parsed: Readonly<{ subject?: string | undefined; text?: string | undefined }> }>;
const subjects = (mails: readonly Mail[]) => mails.map(({ parsed }) => parsed.subject);

/** Lets time pass in steps, sending what is due at each. */
const live = async (alerting: Alerting, ms: number, stepMs: number): Promise<void> => {
  for (let passed = 0; passed < ms; passed += stepMs) {
    await alerting.settle();
    alerting.pass(stepMs);
  }
  await alerting.settle();
};

const openMany = async (alerting: Alerting, count: number) => {
  const opened: Awaited<ReturnType<Alerting['open']>>[] = [];
  for (let i = 0; i < count; i++) opened.push(await alerting.open());
  return opened;
};

test('an outage that is over before anybody could be told is told once, as both', async () => {
  await using inbox = await startInbox();
  await using alerting = await startAlerting({ smtpUrl: inbox.url });
  await alerting.world.addChannel('email', 'ada@example.test');
  const { incidentId, monitorId } = await alerting.open();
  alerting.pass(60_000);
  await alerting.resolve(monitorId, incidentId);
  await alerting.settle();
  expect(subjects(inbox.mails)).toEqual(['Up again: Shop (was down for 1 min 2 s)']);
  expect((await alerting.deliveries(incidentId)).map(({ status, reason }) => [status, reason])).toEqual([
    ['dropped', 'told together with its recovery'],
    ['delivered', null],
  ]);
});

test('two hundred monitors down within half a minute and up again: at most ten mails in five minutes, every one named', async () => {
  await using inbox = await startInbox();
  await using alerting = await startAlerting({ smtpUrl: inbox.url });
  await alerting.world.addChannel('email', 'ada@example.test');
  const { sql } = alerting.world.db;
  const opened: Awaited<ReturnType<Alerting['open']>>[] = [];
  for (let i = 0; i < 10; i++) {
    opened.push(...(await openMany(alerting, 20)));
    await alerting.settle();
    alerting.pass(3_000);
  }
  await sql.query(`UPDATE monitor SET name = 'site-' || right(id::text, 12)`);
  await live(alerting, 120_000, 5_000);
  for (const { monitorId, incidentId } of opened) await alerting.resolve(monitorId, incidentId);
  await live(alerting, 150_000, 5_000);
  expect(inbox.mails.length).toBeLessThanOrEqual(10);
  const { rows } = await sql.query<{ status: string; event: string; count: number }>(
    'SELECT status, event, count(*)::int AS count FROM delivery GROUP BY 1, 2 ORDER BY 2',
  );
  expect(rows).toEqual([
    { status: 'delivered', event: 'incident.opened', count: 200 },
    { status: 'delivered', event: 'incident.resolved', count: 200 },
  ]);
  const { rows: monitors } = await sql.query<{ name: string }>('SELECT name FROM monitor');
  const last = inbox.mails
    .map(({ parsed }) => parsed.text ?? '')
    .join('\n')
    .replaceAll(/\s+/gu, ' ');
  expect(monitors.filter(({ name }) => !last.includes(name))).toEqual([]);
}, 120_000);

test('three thousand down in one go are one message and a digest', async () => {
  await using inbox = await startInbox();
  await using alerting = await startAlerting({ smtpUrl: inbox.url });
  const channel = await alerting.world.addChannel('email', 'ada@example.test');
  const { db, organisationId } = alerting.world;
  const { monitorId, incidentId } = await alerting.open();
  await alerting.settle();
  const pour = (count: number) =>
    db.sql.query(
      `WITH n AS (SELECT gen_random_uuid() AS m, gen_random_uuid() AS i FROM generate_series(1, $1)),
       m AS (INSERT INTO monitor (id, organisation_id, name, url, interval_ms, timeout_ms, max_redirects, expected_statuses, regions, updated_at)
         SELECT m, $2, 'site', url, interval_ms, timeout_ms, max_redirects, expected_statuses, regions, now() FROM n, monitor WHERE id = $3 RETURNING id),
       i AS (INSERT INTO incident (id, organisation_id, monitor_id, started_at, opened_at, cause, regions)
         SELECT n.i, $2, n.m, started_at, opened_at, cause, regions FROM n, incident WHERE id = $4 RETURNING id, monitor_id)
       INSERT INTO delivery (id, organisation_id, incident_id, monitor_id, event, key, created_at, next_attempt_at, channel_id, channel_name, kind)
       SELECT gen_random_uuid(), $2, i.id, i.monitor_id, 'incident.opened', 'incident.opened:' || i.id, to_timestamp($6 / 1000.0), to_timestamp($6 / 1000.0), $5, 'mail', 'email' FROM i`,
      [count, organisationId, monitorId, incidentId, channel, alerting.now()],
    );
  for (let i = 0; i < 6; i++) {
    await pour(500);
    await alerting.settle();
    alerting.pass(4_000);
  }
  await live(alerting, 120_000, 5_000);
  expect(inbox.mails.length).toBeLessThanOrEqual(3);
  const { rows } = await db.sql.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM delivery WHERE status = 'delivered'`,
  );
  expect(rows).toEqual([{ count: 3_001 }]);
}, 120_000);

test('a flapping monitor is told of at most six times in half an hour, and holds up no other', async () => {
  await using inbox = await startInbox();
  await using alerting = await startAlerting({ smtpUrl: inbox.url });
  await alerting.world.addChannel('email', 'ada@example.test');
  const monitorId = await alerting.world.addMonitor();
  for (let i = 0; i < 25; i++) {
    const { incidentId } = await alerting.open(undefined, monitorId);
    await live(alerting, 30_000, 10_000);
    await alerting.resolve(monitorId, incidentId);
    await live(alerting, 30_000, 10_000);
  }
  expect(inbox.mails.length).toBeLessThanOrEqual(6);
  const before = inbox.mails.length;
  await alerting.world.db.sql.query(`UPDATE monitor SET name = 'Blog'`);
  await alerting.open();
  await live(alerting, 60_000, 10_000);
  expect(inbox.mails.length).toBeGreaterThan(before);
  await live(alerting, 31 * 60_000, 60_000);
  const { rows } = await alerting.world.db.sql.query(`SELECT 1 FROM delivery WHERE status = 'pending'`);
  expect(rows).toEqual([]);
}, 120_000);

test('while a channel can not be reached one message is tried, not each of them; afterwards all is told', async () => {
  let dead = true;
  await using sink = await startWebhookSink(() => (dead ? 503 : { status: 200, body: '{"id":"1"}' }));
  await using alerting = await startAlerting();
  await alerting.world.addTarget({ kind: 'discord', url: `${sink.url}/api/webhooks/1/token` });
  const opened = await openMany(alerting, 4);
  await live(alerting, 60_000, 1_000);
  expect(sink.calls.length).toBeLessThanOrEqual(4);
  dead = false;
  await live(alerting, 300_000, 10_000);
  for (const { incidentId } of opened)
    expect((await alerting.deliveries(incidentId)).map(({ status }) => status)).toEqual(['delivered']);
});

test('a provider that asks everybody to wait is left alone by every channel of its kind, and by no other', async () => {
  await using limited = await startWebhookSink(() => ({
    status: 429,
    headers: { 'retry-after': '4', 'x-ratelimit-global': 'true', 'content-type': 'application/json' },
    body: '{"message":"You are being rate limited.","retry_after":3.2,"global":true}',
  }));
  await using other = await startWebhookSink(() => ({ status: 200, body: '{"id":"1"}' }));
  await using inbox = await startInbox();
  await using alerting = await startAlerting({
    smtpUrl: inbox.url,
    env: { DISCORD_API_ORIGINS: `${limited.url},${other.url}` },
  });
  await alerting.world.addTarget({ kind: 'discord', url: `${limited.url}/api/webhooks/1/token` });
  await alerting.open();
  await alerting.settle();
  expect(limited.calls).toHaveLength(1);
  await alerting.world.addTarget({ kind: 'discord', url: `${other.url}/api/webhooks/2/token` });
  await alerting.world.addChannel('email', 'ada@example.test');
  await alerting.open();
  await alerting.settle();
  expect([limited.calls.length, other.calls.length, inbox.mails.length]).toEqual([1, 0, 1]);
  alerting.pass(3_999);
  await alerting.settle();
  expect([limited.calls.length, other.calls.length]).toEqual([1, 0]);
  alerting.pass(1_000);
  await alerting.settle();
  expect(limited.calls).toHaveLength(2);
});

test('a channel that refuses for good is broken: told on another one with what it missed, and never called again', async () => {
  await using gone = await startWebhookSink(() => ({
    status: 404,
    headers: { 'content-type': 'application/json' },
    body: '{"message":"Unknown Webhook","code":10015}',
  }));
  await using inbox = await startInbox();
  await using alerting = await startAlerting({ smtpUrl: inbox.url });
  const channelId = await alerting.world.addTarget({ kind: 'discord', url: `${gone.url}/api/webhooks/1/token` });
  const mail = await alerting.world.addChannel('email', 'ada@example.test');
  alerting.setPolicy({ steps: [{ waitMs: 0, targets: [{ kind: 'channel', channelId }] }] });
  const { incidentId } = await alerting.open();
  await live(alerting, 90_000, 10_000);
  expect(gone.calls).toHaveLength(1);
  const texts = inbox.mails.map(({ parsed }) => `${parsed.subject} ${parsed.text}`).join('\n');
  expect(texts).toContain('takes no alerts any more');
  expect(texts).toMatch(/Down: Shop|Shop is down/u);
  const rows = await alerting.deliveries(incidentId);
  expect(rows.map(({ channelId: id, status }) => [id === mail, status])).toEqual([
    [false, 'failed'],
    [true, 'delivered'],
  ]);
  await alerting.open();
  await live(alerting, 60_000, 10_000);
  expect(gone.calls).toHaveLength(1);
});

test('quiet hours hold a message back until they end, and what was over by then is told as both', async () => {
  await using inbox = await startInbox();
  await using alerting = await startAlerting({ smtpUrl: inbox.url });
  const days = [1, 2, 3, 4, 5, 6, 7];
  const from = new Date(alerting.now() - 60_000).toISOString().slice(11, 16);
  const until = new Date(alerting.now() + 3_600_000).toISOString().slice(11, 16);
  const quiet = { timeZone: 'UTC', windows: [{ days, from, until }], except: ['monitoring-stopped'] };
  await alerting.world.addTarget({ kind: 'email', address: 'ada@example.test' }, { quiet_hours: quiet });
  const { incidentId, monitorId, due } = await alerting.open();
  expect(due).toEqual([]);
  await live(alerting, 600_000, 120_000);
  await alerting.resolve(monitorId, incidentId);
  await live(alerting, 600_000, 120_000);
  expect(inbox.mails).toHaveLength(0);
  expect((await alerting.deliveries(incidentId))[0]).toMatchObject({ status: 'pending', reason: 'quiet hours' });
  await live(alerting, 3_600_000, 300_000);
  expect(subjects(inbox.mails)).toEqual([expect.stringMatching(/^Up again: Shop/u)]);
});

test('an organisation is texted twenty times an hour at most, the rest waits, and one mail says so', async () => {
  await using sink = await startWebhookSink(() => ({
    status: 201,
    headers: { 'content-type': 'application/json' },
    body: '{"sid":"SM0123456789abcdef0123456789abcdef","status":"queued"}',
  }));
  await using inbox = await startInbox();
  const sid = `AC${'0'.repeat(32)}`;
  const env = {
    TWILIO_ACCOUNT_SID: sid,
    TWILIO_AUTH_TOKEN: 'x',
    TWILIO_FROM: '+15005550006',
    TWILIO_API_URL: sink.url,
  };
  await using alerting = await startAlerting({ smtpUrl: inbox.url, env });
  await alerting.world.addTarget({ kind: 'sms', to: '+4915112345678' });
  await alerting.world.addChannel('email', 'ada@example.test');
  for (let i = 0; i < 30; i++) {
    await alerting.open();
    await live(alerting, 100_000, 20_000);
  }
  expect(sink.calls.length).toBe(20);
  expect(subjects(inbox.mails).filter((subject) => subject?.includes('held back')).length).toBe(1);
  await live(alerting, 3_700_000, 60_000);
  const { rows } = await alerting.world.db.sql.query(`SELECT 1 FROM delivery WHERE status = 'pending'`);
  expect(rows).toEqual([]);
}, 120_000);
