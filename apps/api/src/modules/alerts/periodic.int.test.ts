import { startInbox } from '@farwatch/testkit';
import { v7 as newId } from 'uuid';
import { expect, test } from 'vitest';
import { resultOf } from '../../world.fixture.ts';
import { eventStore } from '../events/store.ts';
import { startNight } from '../probes/dark.fixture.ts';
import { type Alerting, startAlerting } from './alerting.fixture.ts';
import { warnOfCertificates } from './certificates.ts';
import { watchRegions } from './dark-regions.ts';
import { settleReceipt, settleUnconfirmed } from './receipts.ts';
import { watchSilence } from './silent-monitors.ts';
import { lastMonday, planReports } from './weekly-report.ts';

const dayMs = 86_400_000;
const escalations = {
  policyFor: async () => ({
    ...{ id: null, repeatTimes: 0, repeatAfterMs: 0, remindEveryMs: null },
    steps: [{ waitMs: 0, targets: [{ kind: 'everyone' } as const] }],
  }),
  scheduleOf: async () => null,
};
const send = async (): Promise<void> => undefined;
const onError = (error: unknown): never => {
  throw error;
};
const subjects = (inbox: { mails: readonly { parsed: { subject?: string | undefined } }[] }) =>
  inbox.mails.map(({ parsed }) => parsed.subject);

test('a certificate that runs out is told at each threshold once, and a renewed one begins anew', async () => {
  await using inbox = await startInbox();
  await using alerting = await startAlerting({ smtpUrl: inbox.url });
  await alerting.world.addChannel('email', 'ada@example.test');
  const { db } = alerting.world;
  const monitorId = await alerting.world.addMonitor();
  const setEnd = (ms: number) =>
    db.sql.query(
      `UPDATE monitor SET certificate_ends = to_timestamp($2 / 1000.0), certificate_told = '{}' WHERE id = $1`,
      [monitorId, ms],
    );
  const ends = alerting.now() + 31.5 * dayMs;
  await setEnd(ends);
  const sweep = warnOfCertificates({ db, escalations, send, onError });
  for (let day = 0; day < 34; day++) {
    await Promise.all([sweep(alerting.now()), sweep(alerting.now())]);
    await alerting.settle();
    alerting.pass(dayMs);
  }
  expect(subjects(inbox)).toEqual([
    'Certificate of Shop expires in 29 days',
    'Certificate of Shop expires in 13 days',
    'Certificate of Shop expires in 6 days',
    'Certificate of Shop expires in 2 days',
    'Certificate of Shop expires within a day',
    'Certificate of Shop has expired',
  ]);
  await setEnd(alerting.now() + 2.5 * dayMs);
  await sweep(alerting.now());
  await alerting.settle();
  expect(subjects(inbox).slice(6)).toEqual(['Certificate of Shop expires in 2 days']);
});

test('when no region looks any more its people and the operator are told once, and once that it goes on', async () => {
  await using inbox = await startInbox();
  await using alerting = await startAlerting({ smtpUrl: inbox.url });
  await alerting.world.addChannel('email', 'ada@example.test');
  const { db } = alerting.world;
  await alerting.world.addMonitor(['fra', 'iad']);
  await alerting.world.addMonitor(['iad', 'sin']);
  const night = await startNight(alerting.world, alerting.now());
  const pass = async (ms: number): Promise<void> => {
    alerting.pass(ms);
    await night.pass(ms);
  };
  const operator: string[] = [];
  const tellOperator = async ({ key }: { key: string }): Promise<void> => void operator.push(key);
  const watch = watchRegions({ db, tellOperator, send });
  const look = async (): Promise<void> => {
    await watch(alerting.now());
    await alerting.settle();
  };
  await night.there('fra', 'iad', 'sin');
  await look();
  night.gone('fra', 'iad');
  await pass(100_000);
  await look();
  await look();
  expect(subjects(inbox)).toEqual(['Monitoring has stopped for 1 monitor']);
  expect(new Set(operator)).toEqual(new Set(['region-dark:fra', 'region-dark:iad']));
  await night.there('fra');
  await pass(5_000);
  await look();
  await look();
  expect(subjects(inbox).slice(1)).toEqual(['Monitoring goes on for 1 monitor']);
});

test('the operator hears of regions whose clock is wrong or that see nothing, unless they are dark', async () => {
  await using alerting = await startAlerting();
  const { db } = alerting.world;
  const night = await startNight(alerting.world, alerting.now());
  await night.there('fra', 'iad', 'sin', 'syd');
  await db.sql.query(`UPDATE region SET clock_offset_ms = CASE id WHEN 'fra' THEN 2001 WHEN 'syd' THEN -90000 ELSE 2000 END,
    blind = id = 'iad'`);
  night.gone('syd');
  await night.pass(100_000);
  const told: string[] = [];
  await watchRegions({ db, send, tellOperator: async ({ key, text }) => void told.push(`${key} ${text}`) })(
    night.now(),
  );
  expect(told).toEqual([
    expect.stringMatching(/^region-clock:fra .*2\.0 s ahead of ours/u),
    expect.stringMatching(/^region-blind:iad /u),
    expect.stringMatching(/^region-dark:syd /u),
  ]);
});

test('the operator hears that a region sees again, and for how long it did not, once', async () => {
  await using alerting = await startAlerting();
  const { db } = alerting.world;
  const night = await startNight(alerting.world, alerting.now());
  await night.there('fra');
  const now = night.now();
  const told: string[] = [];
  const tellOperator = async ({ key, text }: { key: string; text: string }) => {
    told.push(`${key} ${text}`);
    await db.sql.query('INSERT INTO operator_notice (key, told_at) VALUES ($1, now()) ON CONFLICT DO NOTHING', [key]);
  };
  const watch = watchRegions({ db, send, tellOperator });
  await db.sql.query("UPDATE region SET blind = true, blind_since = $1 WHERE id = 'fra'", [new Date(now - 600_000)]);
  await watch(now);
  await db.sql.query("UPDATE region SET blind = false WHERE id = 'fra'");
  await watch(now);
  await watch(now);
  expect(told).toEqual([
    expect.stringMatching(/^region-blind:fra /u),
    expect.stringMatching(/^region-sees:fra:\d+ the region fra sees again; it was blind for 10 min/u),
  ]);
});

test('a monitor that no look is reported of, though its regions are there, is told of once, and once that it goes on', async () => {
  await using inbox = await startInbox();
  await using alerting = await startAlerting({ smtpUrl: inbox.url });
  await alerting.world.addChannel('email', 'ada@example.test');
  const { db } = alerting.world;
  const [silent, also, fine] = [
    await alerting.world.addMonitor(['fra']),
    await alerting.world.addMonitor(['fra', 'iad']),
    await alerting.world.addMonitor(['fra']),
  ];
  const night = await startNight(alerting.world, alerting.now());
  await night.there('fra', 'iad');
  const watch = watchSilence({ db, send });
  const look = async (...ids: readonly string[]): Promise<void> => {
    alerting.pass(30_000);
    await night.pass(30_000);
    await night.take(ids.map((id) => resultOf(id, 'up', night.now(), { region: 'fra' })));
    await Promise.all([watch(night.now()), watch(night.now())]);
    await alerting.settle();
  };
  for (let n = 0; n < 8; n++) await look(silent, also, fine);
  expect(inbox.mails).toEqual([]);
  for (let n = 0; n < 10; n++) await look(fine);
  expect(subjects(inbox)).toEqual(['Monitoring has stopped for 2 monitors']);
  expect(inbox.mails[0]?.parsed.text).toContain('No look at Shop and Shop (2 monitors in all) has been reported since');
  for (let n = 0; n < 3; n++) await look(silent, fine);
  expect(subjects(inbox).slice(1)).toEqual(['Monitoring goes on for 1 monitor']);
  await db.sql.query('UPDATE monitor SET paused_at = now() WHERE id = $1', [also]);
  for (let n = 0; n < 3; n++) await look(silent, fine);
  expect(inbox.mails).toHaveLength(2);
});

test('a monitor is not called silent for time in which its regions were dark, or the core away', async () => {
  await using alerting = await startAlerting();
  const { db } = alerting.world;
  const id = await alerting.world.addMonitor(['fra']);
  const night = await startNight(alerting.world, alerting.now());
  await night.there('fra');
  const silences = async () => {
    await watchSilence({ db, send })(night.now());
    return (await db.sql.query('SELECT 1 FROM monitor_silence')).rowCount;
  };
  await night.pass(30_000);
  await night.take([resultOf(id, 'up', night.now(), { region: 'fra' })]);
  night.gone('fra');
  await night.pass(400_000);
  expect(await silences()).toBe(0);
  await night.there('fra');
  await night.pass(170_000);
  expect(await silences()).toBe(0);
  await night.passWithout('worker', 300_000);
  expect(await silences()).toBe(0);
  await night.pass(170_000);
  expect(await silences()).toBe(0);
  await night.pass(30_000);
  expect(await silences()).toBe(1);
});

test.each([
  ['2026-11-27T12:00:00Z', 'Europe/Berlin', '2026-11-23T08:00:00.000Z'],
  ['2026-11-23T07:59:59Z', 'Europe/Berlin', '2026-11-16T08:00:00.000Z'],
  ['2026-11-23T08:00:00Z', 'Europe/Berlin', '2026-11-23T08:00:00.000Z'],
  ['2026-03-30T07:00:00Z', 'Europe/Berlin', '2026-03-30T07:00:00.000Z'],
  ['2026-11-22T20:30:00Z', 'Pacific/Auckland', '2026-11-22T20:00:00.000Z'],
])('the Monday before %s in %s', (now, zone, monday) => {
  expect(new Date(lastMonday(Date.parse(now), zone)).toISOString()).toBe(monday);
});

/** Moves the clock of a world to a Tuesday, so that the last Monday is a day ago. */
const toTuesday = (alerting: Alerting): void => {
  while (new Date(alerting.now()).getUTCDay() !== 2) alerting.pass(dayMs);
};

test('the week is reported once, by mail, to people’s own addresses, with its downtime, planned work left out', async () => {
  await using inbox = await startInbox();
  await using alerting = await startAlerting({ smtpUrl: inbox.url });
  const { db, organisationId } = alerting.world;
  const accountId = newId();
  await db.sql.query(`INSERT INTO account (id, name, email, updated_at) VALUES ($1, 'Ann', 'ann@x.test', now())`, [
    accountId,
  ]);
  await alerting.world.addTarget({ kind: 'email', address: 'ann@x.test' }, { account_id: accountId });
  await alerting.world.addTarget({ kind: 'email', address: 'list@x.test' });
  const monitorId = await alerting.world.addMonitor();
  toTuesday(alerting);
  const monday = lastMonday(alerting.now(), 'UTC');
  await db.sql.query(
    `UPDATE organisation SET created_at = to_timestamp($2 / 1000.0) - interval '30 days' WHERE id = $1`,
    [organisationId, monday],
  );
  await db.sql.query(`UPDATE monitor SET created_at = to_timestamp($2 / 1000.0) - interval '30 days' WHERE id = $1`, [
    monitorId,
    monday,
  ]);
  await db.sql.query(
    `INSERT INTO incident (id, organisation_id, monitor_id, started_at, resolved_at, opened_at, cause, regions)
     VALUES ($1, $2, $3, to_timestamp($4 / 1000.0), to_timestamp($4 / 1000.0) + interval '1 hour', to_timestamp($4 / 1000.0),
       '{"kind":"status","status":502}', '{fra}')`,
    [newId(), organisationId, monitorId, monday - 3 * dayMs],
  );
  // Two windows over one half hour that is left out, and one that counts.
  for (const [countsAs, fromMinutes] of [
    ['excluded', 20],
    ['excluded', 30],
    ['counted', 0],
  ] as const)
    await db.sql.query(
      `INSERT INTO maintenance_stretch (monitor_id, window_id, started_at, until, ended_at, name, counts_as)
       SELECT $1, $2, s, s + interval '20 minutes', s + interval '20 minutes', 'Move', $3
       FROM to_timestamp($4 / 1000.0) AS s`,
      [monitorId, newId(), countsAs, monday - 3 * dayMs + fromMinutes * 60_000],
    );
  const plan = planReports({ db, send, onError });
  expect([await plan(alerting.now()), await plan(alerting.now())]).toEqual([1, 0]);
  await alerting.settle();
  expect(inbox.mails.map(({ to }) => to)).toEqual([['ann@x.test']]);
  expect(inbox.mails[0]?.parsed.subject).toMatch(/^Your week .*: 99\.701 % up$/u);
  expect(inbox.mails[0]?.parsed.text).toContain('Shop: 30 min');
});

test('a provider’s word settles what it had taken; a call that nobody answers is made again, three times at most', async () => {
  await using alerting = await startAlerting();
  const { db } = alerting.world;
  const channelId = await alerting.world.addTarget({ kind: 'voice', to: '+4915112345678' });
  const { incidentId, due } = await alerting.open();
  const settle = settleReceipt({ db, events: eventStore() }, alerting.now);
  const accept = (sid: string) =>
    db.sql.query(
      `UPDATE delivery SET status = 'accepted', provider_id = $2, sent_at = to_timestamp($3 / 1000.0),
         attempt_count = attempt_count + 1 WHERE channel_id = $1`,
      [channelId, sid, alerting.now()],
    );
  const nobody = { failed: 'nobody answered', permanent: false, again: true };
  for (const sid of ['CA1', 'CA2', 'CA3']) {
    await accept(sid);
    expect(await settle({ providerId: sid, settled: nobody })).toBe('settled');
    expect(await settle({ providerId: sid, settled: nobody })).toBe('unknown');
  }
  expect(await alerting.deliveries(incidentId)).toMatchObject([{ status: 'failed', attempts: [{}, {}, {}] }]);
  expect((await alerting.events(due[0]?.deliveryId ?? '')).slice(-2)).toEqual([
    'delivery.updated pending',
    'delivery.failed failed',
  ]);
});

test('what is never confirmed counts as arrived after a while, and says so', async () => {
  await using alerting = await startAlerting();
  const { db } = alerting.world;
  await alerting.world.addTarget({ kind: 'sms', to: '+4915112345678' });
  const { incidentId } = await alerting.open();
  await db.sql.query(`UPDATE delivery SET status = 'accepted', sent_at = to_timestamp($1 / 1000.0)`, [alerting.now()]);
  const settle = settleUnconfirmed({ db });
  expect([await settle(alerting.now() + 60_000), await settle(alerting.now() + 901_000)]).toEqual([0, 1]);
  expect(await alerting.deliveries(incidentId)).toMatchObject([
    { status: 'delivered', reason: expect.stringContaining('did not say') },
  ]);
});
