import { type CheckResult, type Policy, type Stretch, union } from '@farwatch/domain';
import type { StillTime } from '../../bounded-read.ts';
import type { Sql } from '../../db.ts';
import type { ModuleDeps } from '../module-deps.ts';

/** More failures, or looks about them, than this are not replayed: what is older is left out, and the answer says so. */
const mostSpans = 5_000;
const mostLooks = 20_000;
const page = 1_000;

type Of = Readonly<{ id: string; organisationId: string; stillTime: StillTime }>;
/** `from`: what is older had no room. */
export type PreviewLog = Readonly<{ looks: readonly CheckResult[]; from: number }>;

/** So far around something the looks are read, before and after. */
const reachOf = (policies: readonly Policy[]): number =>
  Math.max(...policies.map(({ intervalMs, timeoutMs }) => 2 * intervalMs + timeoutMs + 60_000));

/** The looks of these stretches. */
const looksIn = async (
  { results }: Pick<ModuleDeps, 'results'>,
  sql: Sql,
  { id: monitorId, stillTime }: Of,
  parts: readonly Stretch[],
  from: number,
): Promise<PreviewLog> => {
  const all = { verdicts: null, statuses: null, regions: null };
  const looks: CheckResult[] = [];
  for (const part of parts) {
    for (let to = part.until; to > part.from; ) {
      if (looks.length >= mostLooks) return { looks, from: to };
      const filter = { monitorId, from: part.from, to, ...all };
      const rows = await results.list(sql, filter, { position: null, rows: page }, stillTime);
      looks.push(...rows.map(({ result }) => result));
      const last = rows.at(-1);
      if (rows.length < page || last === undefined) break;
      to = last.result.scheduledAt; // those of the same moment in other regions are read again, and are the same
    }
  }
  return { looks, from };
};

/** The same look read twice is one. */
const once = (looks: readonly CheckResult[]): readonly CheckResult[] => [
  ...new Map(looks.map((look) => [`${look.scheduledAt} ${look.region} ${look.family}`, look])).values(),
];

/**
 * The looks about everything that could be decided in a range by any of these policies, newest parts first: about each
 * failure, and about each look that took longer than the shortest timeout. Calm is calm, whatever the policy.
 */
export const readPreviewLog = async (
  deps: Pick<ModuleDeps, 'results' | 'history'>,
  sql: Sql,
  monitor: Of,
  range: Stretch,
  policies: readonly [present: Policy, wanted: Policy],
): Promise<PreviewLog> => {
  const { id: monitorId, organisationId } = monitor;
  const filter = { organisationId, monitorId, codes: null, regions: null, from: range.from, to: range.until };
  const spans = await deps.history.listSpans(sql, filter, { position: null, rows: mostSpans });
  const first = spans.length < mostSpans ? range.from : (spans.at(-1)?.startedAt.getTime() ?? range.from);
  const failed = spans.map(({ startedAt, endedAt }) => ({
    from: startedAt.getTime(),
    until: endedAt?.getTime() ?? range.until,
  }));
  const [present, wanted] = policies;
  const slow =
    wanted.timeoutMs < present.timeoutMs
      ? await deps.results.slow(sql, { monitorId, from: first, to: range.until }, wanted.timeoutMs)
      : [];
  const reach = reachOf(policies);
  const around = [...failed, ...slow].map(({ from, until }) => ({ from: from - reach, until: until + reach }));
  const parts = union(around, { from: first, until: range.until }).toReversed();
  const { looks, from } = await looksIn(deps, sql, monitor, parts, first);
  return { looks: once(looks), from };
};
