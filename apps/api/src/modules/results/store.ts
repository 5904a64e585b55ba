import type { CheckResult, CheckTrigger, Failure, Verdict } from '@farwatch/domain';
import type { StillTime } from '../../bounded-read.ts';
import type { Sql } from '../../db.ts';
import type { Position, Range } from '../../keyset.ts';
import { storedBatches } from './batch-store.ts';
import { forgetEvidence, type Kept, keptOf, whichHaveEvidence } from './evidence-store.ts';
import { type LogPage, type LogPart, newestFresh, readFresh } from './fresh-log.ts';
import { placeOf, regionKeyOf, triggerMask, verdictMask } from './log-codes.ts';
import { regionNames } from './log-keys.ts';
import { type MonitorLog, monitorLog, monitorsKept, regionKeysOf } from './monitor-log.ts';
import { mergeForms, newestPacked, readPacked } from './packed-log.ts';
import { fiveMinutes } from './roll-up-lengths.ts';
import { forgetRollUps, type RollUp, slowFiveMinutes } from './roll-up-store.ts';
import { resultOf } from './stored-result.ts';
import { isScheduled, tallyOf } from './tally.ts';

/** A line of the log. */
export type LogEntry = Readonly<{ result: CheckResult; hasEvidence: boolean }>;
/** A result with what was kept of its answer. */
export type FullResult = Readonly<{ result: CheckResult; kept: Kept }>;
export type LogFilter = Range &
  Readonly<{
    monitorId: string;
    verdicts: readonly Verdict[] | null;
    statuses: readonly number[] | null;
    regions: readonly string[] | null;
    triggers?: readonly CheckTrigger[] | null;
    failures?: readonly Failure['kind'][] | null;
  }>;
type Key = Pick<CheckResult, 'monitorId' | 'scheduledAt' | 'region' | 'family'>;

const anyLook = { verdicts: null, statuses: null, triggers: null, failures: null } as const;
const noLimit: StillTime = () => undefined;

const partOf = (log: MonitorLog, filter: LogFilter): LogPart => ({
  monitor: log.monitor,
  from: Math.max(filter.from ?? log.keptFrom, log.keptFrom),
  to: filter.to,
  verdicts: filter.verdicts === null ? null : verdictMask(filter.verdicts),
  statuses: filter.statuses,
  regionKeys: filter.regions === null ? null : regionKeysOf(log, filter.regions),
  triggers: filter.triggers ? triggerMask(filter.triggers) : null,
  failures: filter.failures ?? null,
});

/** A cursor is the caller's to forge: a word that is unknown stands before all others. */
const pageOf = (log: MonitorLog, position: Position | null, rows: number): LogPage => {
  const descending = position?.direction !== 'previous';
  if (position === null) return { after: null, descending, rows };
  const [at = '0', region = '', word = 'any'] = position.keys;
  const family = word === 'ipv4' || word === 'ipv6' ? word : 'any';
  const key = regionKeysOf(log, [region])[0] ?? 0;
  return { after: { at: Number(at), place: placeOf(key, family) }, descending, rows };
};

/**
 * A page of both forms of the log. The fresh form is read first: a day that is packed in between is then found in the
 * other one, and never in neither.
 */
const readBoth = async (sql: Sql, part: LogPart, page: LogPage, stillTime: StillTime) => {
  const fresh = await readFresh(sql, part, page);
  // Packed days are older than all that are not.
  if (page.descending && fresh.length >= page.rows) return fresh;
  return mergeForms(fresh, await readPacked(sql, part, page, stillTime), page);
};

/** More looks than any monitor makes in the two hours that a chart reads from the log. */
const mostLooks = 100_000;

/** The scheduled looks of a short stretch, each as a tally of its own. */
export const readStretch = async (
  sql: Sql,
  log: MonitorLog,
  range: Readonly<{ from: number; to: number }>,
  stillTime: StillTime,
): Promise<readonly RollUp[]> => {
  const all = { ...anyLook, regionKeys: null };
  const part = { monitor: log.monitor, from: Math.max(range.from, log.keptFrom), to: range.to, ...all };
  const looks = await readBoth(sql, part, { after: null, descending: false, rows: mostLooks }, stillTime);
  return looks
    .filter(isScheduled)
    .map((look) => ({ ...tallyOf(look), at: look.scheduledAt, region: regionKeyOf(look.place) }));
};

const findStored = async (sql: Sql, log: MonitorLog, { scheduledAt, region, family }: Key) => {
  const [key] = regionKeysOf(log, [region]);
  if (key === undefined || scheduledAt < log.keptFrom) return null;
  const place = placeOf(key, family);
  const part = { from: scheduledAt, to: scheduledAt + 1, ...anyLook, regionKeys: [key] };
  const page = { after: null, descending: true, rows: 3 }; // the families
  const found = await readBoth(sql, { ...part, monitor: log.monitor }, page, noLimit);
  return found.find((stored) => stored.place === place) ?? null;
};

/** The read side of the response log. Who may see a monitor is decided before it is asked for here. */
export const resultStore = () => ({
  /** Newest first (of the same moment by the region's number); up to `rows` rows, backwards for a page before a position. */
  list: async (
    sql: Sql,
    filter: LogFilter,
    { position, rows }: Readonly<{ position: Position | null; rows: number }>,
    stillTime: StillTime = noLimit,
  ): Promise<readonly LogEntry[]> => {
    const log = await monitorLog(sql, filter.monitorId, Date.now());
    if (log === null) return [];
    const stored = await readBoth(sql, partOf(log, filter), pageOf(log, position, rows), stillTime);
    const results = stored.map((one) => resultOf(one, log.monitorId, log.regions));
    const evidenced = await whichHaveEvidence(sql, results);
    return results.map((result) => ({ result, hasEvidence: evidenced(result) }));
  },

  /** The stretches in which some scheduled look took longer than `aboveMs`, in whole five minutes, by no order. */
  slow: async (
    sql: Sql,
    { monitorId, ...range }: Readonly<{ monitorId: string; from: number; to: number }>,
    aboveMs: number,
  ): Promise<readonly Readonly<{ from: number; until: number }>[]> => {
    const log = await monitorLog(sql, monitorId, Date.now());
    if (log === null) return [];
    const from = Math.max(range.from, log.keptFrom);
    const slots = await slowFiveMinutes(sql, { monitor: log.monitor, from, to: range.to }, aboveMs);
    return slots.map((at) => ({ from: at, until: at + fiveMinutes * 1_000 }));
  },

  /** One result with all that was kept of it. */
  find: async (sql: Sql, key: Key): Promise<FullResult | null> => {
    const log = await monitorLog(sql, key.monitorId, Date.now());
    const stored = log === null ? null : await findStored(sql, log, key);
    if (log === null || stored === null) return null;
    return { result: resultOf(stored, log.monitorId, log.regions), kept: await keptOf(sql, key) };
  },

  /** The newest result of each monitor that is kept, by monitor. */
  latest: async (sql: Sql, monitorIds: readonly string[]): Promise<ReadonlyMap<string, LogEntry>> => {
    const regions = await regionNames(sql);
    const logs = await monitorsKept(sql, monitorIds, Date.now());
    const numbers = logs.map(({ monitor }) => monitor);
    const fresh = await newestFresh(sql, numbers);
    const packed = await newestPacked(
      sql,
      numbers.filter((monitor) => !fresh.has(monitor)),
    );
    const results = logs.flatMap(({ monitorId, monitor, keptFrom }) => {
      const stored = fresh.get(monitor) ?? packed.get(monitor);
      return stored === undefined || stored.scheduledAt < keptFrom ? [] : [resultOf(stored, monitorId, regions)];
    });
    const evidenced = await whichHaveEvidence(sql, results);
    return new Map(results.map((result) => [result.monitorId, { result, hasEvidence: evidenced(result) }]));
  },

  /** Which of these batches of results are in the log. */
  storedBatches,

  /** Of a monitor that is about to go: evidence and the roll-ups of hours and days have no partition that goes with its day. */
  forget: async (tx: Sql, monitorId: string): Promise<void> => {
    await forgetEvidence(tx, monitorId);
    await forgetRollUps(tx, monitorId);
  },
});
export type ResultStore = ReturnType<typeof resultStore>;
