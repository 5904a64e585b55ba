import type { CheckResult } from '@farwatch/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reportOf, resultOf, startWorld, type World } from '../../world.fixture.ts';
import { alertPlanner } from '../alerts/alert-planner.ts';
import { escalationStore } from '../escalations/store.ts';
import { eventStore } from '../events/store.ts';
import { type Ingested, ingest } from './ingest.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const minute = 60_000;
const t0 = Math.floor(Date.now() / 1_000) * 1_000;
const ends = { old: t0 + 10 * 86_400_000, new: t0 + 90 * 86_400_000 };
const look = (id: string, endsAt: number | null, minutes: number, over: Partial<CheckResult> = {}) =>
  resultOf(id, 'up', t0 + minutes * minute, { certificateEndsAt: endsAt, ...over });

/** Ingests at the moment of the newest look, and answers the statements it took. */
const take = async (...results: readonly CheckResult[]): Promise<Ingested & { statements: readonly string[] }> => {
  const statements: string[] = [];
  const now = Math.max(...results.map(({ scheduledAt }) => scheduledAt));
  const counting: World['db']['transaction'] = (work) =>
    world.db.transaction((tx) =>
      work({
        query: (text, values) => {
          statements.push(text);
          return tx.query(text, values);
        },
      }),
    );
  const deps = {
    db: { transaction: counting },
    events: eventStore(),
    alerts: alertPlanner({ escalations: escalationStore() }),
    now: () => now,
  };
  return { ...(await ingest(deps)(reportOf(results))), statements };
};

type Row = { certificate_ends: Date | null; certificate_told: number[]; certificate_later_since: Date | null };
const kept = async (id: string) => {
  const { rows } = await world.db.sql.query<Row & { updated_at: Date }>(
    'SELECT certificate_ends, certificate_told, certificate_later_since, updated_at FROM monitor WHERE id = $1',
    [id],
  );
  return { ends: rows[0]?.certificate_ends?.getTime(), told: rows[0]?.certificate_told, row: rows[0] };
};
const tell = (id: string, days: readonly number[]) =>
  world.db.sql.query('UPDATE monitor SET certificate_told = $2 WHERE id = $1', [id, days]);
const settled = async (...regions: string[]): Promise<string> => {
  const id = await world.addMonitor(regions.length === 0 ? ['local'] : regions);
  await take(look(id, ends.old, 0));
  await take(look(id, ends.old, 1));
  return id;
};

test('the first look over TLS says when the certificate ends, and the monitor is not changed by that', async () => {
  const id = await world.addMonitor();
  const before = await kept(id);
  await take(look(id, ends.old, 0));
  const after = await kept(id);
  expect(after).toMatchObject({ ends: ends.old, told: [] });
  expect(after.row?.updated_at).toEqual(before.row?.updated_at);
});

test('a look of a healthy monitor costs the same statements with an end as without, and no write when it is the same', async () => {
  const id = await settled();
  const without = await take(look(id, null, 2));
  const same = await take(look(id, ends.old, 3));
  expect(same.statements).toEqual(without.statements);
  expect(same.statements).toHaveLength(5);
});

test('what many monitors say is written in one statement', async () => {
  const ids = await Promise.all(Array.from({ length: 20 }, () => world.addMonitor()));
  const { statements } = await take(...ids.map((id, i) => look(id, ends.old + i * minute, 0)));
  expect(statements.filter((text) => /UPDATE monitor /u.test(text))).toHaveLength(1);
  const seen = await Promise.all(ids.map(kept));
  expect(seen.map((one) => one.ends)).toEqual(ids.map((_, i) => ends.old + i * minute));
});

test('a renewed certificate counts after an hour without the old one, and what was told of the old one is forgotten', async () => {
  const id = await settled();
  await tell(id, [30, 14]);
  for (let at = 2; at < 62; at += 10) await take(look(id, ends.new, at));
  expect(await kept(id)).toMatchObject({ ends: ends.old, told: [30, 14] });
  await take(look(id, ends.new, 62));
  expect(await kept(id)).toMatchObject({ ends: ends.new, told: [], row: { certificate_later_since: null } });
});

const marksOf = async (id: string) => {
  const { rows } = await world.db.sql.query<{ kind: string; text: string; at: Date; author: string }>(
    `SELECT kind, text, at, author FROM mark WHERE $1 = ANY(monitor_ids) AND organisation_id = $2 ORDER BY at`,
    [id, world.organisationId],
  );
  return rows;
};
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

test('another certificate is a mark from when it was first seen, once; the first one that is known is none', async () => {
  const id = await settled();
  expect(await marksOf(id)).toEqual([]);
  for (let at = 2; at < 70; at += 10) await take(look(id, ends.new, at));
  const text = `valid until ${dayOf(ends.new)}; the one before until ${dayOf(ends.old)}`;
  expect(await marksOf(id)).toEqual([{ kind: 'certificate', text, at: new Date(t0 + 2 * minute), author: 'Farwatch' }]);
  await take(look(id, ends.new + 10 * minute, 72)); // of another server, which renewed by itself
  await take(look(id, ends.old, 73));
  expect((await marksOf(id)).map(({ at }) => at.getTime())).toEqual([t0 + 2 * minute, t0 + 73 * minute]);
});

test('certificates that go back and forth make no more than four marks a day', async () => {
  const id = await settled();
  for (let turn = 0; turn < 8; turn++) {
    const from = 10 + turn * 80;
    for (let at = from; at < from + 75; at += 10) await take(look(id, ends.new, at));
    await take(look(id, ends.old, from + 76));
  }
  expect(await marksOf(id)).toHaveLength(4);
});

test('another URL has another certificate, which is no mark', async () => {
  const id = await settled();
  await world.db.sql.query(
    `INSERT INTO monitor_change (monitor_id, kind, at, decided_at, status, witnesses)
     VALUES ($1, 'changed', $2, $2, 'pending', '[]')`,
    [id, new Date(t0 + 1.5 * minute)],
  );
  await take(look(id, ends.old - 86_400_000, 2));
  expect(await marksOf(id)).toEqual([]);
});

test('while two regions show different certificates the earlier end stays, and what was told of it', async () => {
  const id = await settled('fra', 'iad');
  await tell(id, [30, 14]);
  for (let at = 2; at < 200; at += 5) {
    await take(look(id, ends.new, at, { region: 'iad' }));
    await take(look(id, ends.old, at + 1, { region: 'fra' }));
  }
  expect(await kept(id)).toMatchObject({ ends: ends.old, told: [30, 14] });
  for (let at = 200; at < 280; at += 5) await take(look(id, ends.new, at, { region: at % 2 ? 'iad' : 'fra' }));
  expect(await kept(id)).toMatchObject({ ends: ends.new, told: [] });
});

test('an earlier end counts at once, on a failed look too, and what was told stays told', async () => {
  const id = await settled();
  await tell(id, [30]);
  const failure = { kind: 'network', phase: 'tls', code: 'CERT_HAS_EXPIRED' } as const;
  await take(look(id, t0 - minute, 2, { outcome: { verdict: 'down', failure } }));
  expect(await kept(id)).toMatchObject({ ends: t0 - minute, told: [30] });
});

test('a batch that comes again, and looks of a paused monitor, say nothing new', async () => {
  const id = await settled();
  await world.db.sql.query('UPDATE monitor SET certificate_ends = NULL WHERE id = $1', [id]);
  await take(look(id, ends.old, 1));
  await world.db.sql.query('UPDATE monitor SET paused_at = now() WHERE id = $1', [id]);
  await take(look(id, ends.old, 2));
  expect((await kept(id)).ends).toBeUndefined();
});

test('nobody waits: while the owner holds the monitor its results are written, and the next look tells the end', async () => {
  const id = await settled();
  await world.db.transaction(async (tx) => {
    await tx.query('UPDATE monitor SET name = $2 WHERE id = $1', [id, 'Renamed']);
    const { fresh } = await take(look(id, ends.old - minute, 2));
    expect(fresh).toHaveLength(1);
  });
  expect((await kept(id)).ends).toBe(ends.old);
  await take(look(id, ends.old - minute, 3));
  expect((await kept(id)).ends).toBe(ends.old - minute);
});

test('a worker that read before another one wrote does not undo it', async () => {
  const id = await settled();
  const now = t0 + 2 * minute;
  const late: World['db']['transaction'] = (work) =>
    world.db.transaction((tx) =>
      work({
        query: async (text, values) => {
          if (/UPDATE monitor /u.test(text)) await take(look(id, ends.old - 2 * minute, 2, { region: 'fra' }));
          return tx.query(text, values);
        },
      }),
    );
  const deps = {
    db: { transaction: late },
    events: eventStore(),
    alerts: alertPlanner({ escalations: escalationStore() }),
    now: () => now,
  };
  await ingest(deps)(reportOf([look(id, ends.old - minute, 2)]));
  expect((await kept(id)).ends).toBe(ends.old - 2 * minute);
});
