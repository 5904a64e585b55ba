import type { CheckResult } from '@farwatch/domain';
import { reportOf, type World } from '../../world.fixture.ts';
import { alertPlanner } from '../alerts/alert-planner.ts';
import { escalationStore } from '../escalations/store.ts';
import { eventStore } from '../events/store.ts';
import { expireConfirmations } from '../incidents/expire.ts';
import { type Ingested, ingest } from '../results/ingest.ts';
import { votesOf } from '../results/record-store.ts';
import { notePresence } from './core-watch.ts';
import { sweepDarkRegions } from './dark-sweep.ts';

/** For tests: regions, a core, and a clock that is moved by hand; the core notes its presence as long as it is not away. */
export type Night = Readonly<{
  now: () => number;
  /** These regions' probes are there, until they are said to be gone. */
  there: (...regions: readonly string[]) => Promise<void>;
  gone: (...regions: readonly string[]) => void;
  /** Time passes; signs of life and sweeps come every 5 s. */
  pass: (ms: number) => Promise<void>;
  /** Time passes and a part of the core, or all of it, is away. */
  passWithout: (part: 'api' | 'worker' | 'all' | 'none', ms: number) => Promise<void>;
  sweep: () => Promise<number | null>;
  /** Decides what is due though no look came; answers of how many monitors. */
  expire: () => Promise<number>;
  take: (results: readonly CheckResult[]) => Promise<Ingested>;
}>;

const stepMs = 5_000;

/** `began` epoch ms: as long as the core has been there for an hour by then. */
export const startNight = async ({ db }: World, began: number): Promise<Night> => {
  let now = began;
  const alive = new Set<string>();
  const deps = { db, events: eventStore(), alerts: alertPlanner({ escalations: escalationStore() }), now: () => now };
  const take = ingest(deps);
  const sweep = sweepDarkRegions({ ...deps, take });
  await db.sql.query(
    `INSERT INTO core_watch (part, since, seen_at) SELECT part, to_timestamp($1::float8 / 1000) - interval '1 hour',
       to_timestamp($1::float8 / 1000) FROM unnest('{api,worker}'::text[]) AS t (part)`,
    [now],
  );
  const sign = async (): Promise<void> => {
    await db.sql.query(
      `UPDATE region SET last_seen_at = greatest(last_seen_at, to_timestamp($2::float8 / 1000)) WHERE id = ANY($1)`,
      [[...alive], now],
    );
  };
  const passWithout: Night['passWithout'] = async (part, ms) => {
    for (const end = now + ms; now < end; ) {
      now = Math.min(end, now + stepMs);
      if (part !== 'api' && part !== 'all') {
        await notePresence(db.sql, 'api', now);
        await sign();
      }
      if (part !== 'worker' && part !== 'all') await sweep(now);
    }
  };
  return {
    now: () => now,
    there: async (...regions) => {
      for (const region of regions) {
        alive.add(region);
        await db.sql.query(
          `INSERT INTO region (id, token_hash, created_at) VALUES ($1, decode(md5($1), 'hex'), to_timestamp($2::float8 / 1000))
           ON CONFLICT DO NOTHING`,
          [region, now],
        );
      }
      await sign();
    },
    gone: (...regions) => {
      for (const region of regions) alive.delete(region);
    },
    pass: (ms) => passWithout('none', ms),
    passWithout,
    sweep: () => sweep(now),
    expire: () => expireConfirmations({ ...deps, votesOf, followUp: async () => undefined })(now),
    take: (results) => take(reportOf(results)),
  };
};
