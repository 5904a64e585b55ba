import { amend, isTimely, readAfter, type StoredIncident, startBefore } from './amend.ts';
import type { History } from './fold.ts';
import { foldBy, type PolicyChange } from './fold-by.ts';
import type { Decision } from './incident.ts';
import { type Ask, initialState, isCalm, type MonitorState, nextTickAt } from './monitor-state.ts';
import type { FailureSpan } from './observe.ts';
import { failingNeeded, type Policy } from './policy.ts';
import { inOrder, type Vote } from './vote.ts';

export type Arrival = Readonly<{ vote: Vote; arrivesAt: number }>;
export type ToldAlert = Readonly<{ id: string; kind: 'opened' | 'resolved'; at: number; late: boolean }>;
type Sureness = Readonly<{ timely: boolean; unsure: boolean }>;
type Row = { -readonly [K in keyof StoredIncident]: StoredIncident[K] } & {
  endKnownAt: number | null;
  openedAt: number;
  regions: readonly string[];
};

/** A look that ended longer ago has waited on its way. */
const waitedMs = 3_000;
/** So much later answers that ended in time may reach the log. */
const transportMs = 500;

/** What the worker knows of policies at a moment: the present one, and the changes that were made by then. */
const knownAt = (now: number, last: Policy, changes: readonly PolicyChange[]) => ({
  policy: changes.filter(({ at }) => at > now).toSorted((a, b) => a.at - b.at)[0]?.before ?? last,
  changes: changes.filter(({ at }) => at <= now),
});

/**
 * For tests: what the worker does with looks as they come, in memory: a log, checkpoints, rows, sweeps, alerts. `changes`
 * of the policy are made as their moments come; `last` is the one after all of them.
 */
export const openLive = (last: Policy, changes: readonly PolicyChange[] = []) => {
  const log = new Map<string, Vote>();
  let checkpoints: MonitorState[] = [{ ...initialState, until: Number.NEGATIVE_INFINITY }];
  let state: MonitorState = initialState;
  let rows: Row[] = [];
  let spans: FailureSpan[] = [];
  let decisions: Decision[] = [];
  let ids = 0;
  const alerts: ToldAlert[] = [];

  const rewrite = (start: MonitorState, history: History, now: number) => {
    checkpoints = [...checkpoints.filter((one) => one.until <= start.until), ...history.checkpoints];
    const inPlay = rows.filter(({ endKnownAt }) => endKnownAt === null || endKnownAt > start.until);
    const { incidents, withdrawn } = amend(history.incidents, inPlay);
    rows = rows.filter((row) => !withdrawn.includes(row));
    const written = incidents.map(({ incident, stored }): Row => {
      const row: Row = stored ?? { id: String(++ids), told: false, endTold: false, openedAt: now, ...incident };
      if (stored === null) rows.push(row);
      return Object.assign(row, { ...incident });
    });
    spans = [...spans.filter((one) => one.endKnownAt !== null && one.endKnownAt <= start.until), ...history.spans];
    decisions = [...decisions.filter(({ decidedAt }) => decidedAt <= start.until), ...history.decisions];
    state = history.state;
    return { written, withdrawn };
  };
  /** As the worker's `newsOf`. */
  const tell = (row: Row, from: number, at: number, { timely, unsure }: Sureness): void => {
    const { policy } = knownAt(at, last, changes);
    const fresh = timely && (row.endKnownAt ?? from) >= from;
    const bySilence = row.regions.length < failingNeeded(policy.agree, policy.regions.length);
    if (!row.told && fresh && !(unsure && bySilence)) {
      row.told = true;
      alerts.push({ id: row.id, kind: 'opened', at, late: !timely });
    }
    if (row.resolvedAt === null || row.endTold || !row.told) return;
    row.endTold = true;
    alerts.push({ id: row.id, kind: 'resolved', at, late: !timely });
  };
  const judge = (touched: readonly Vote[], from: number, until: number, now: number): readonly Ask[] => {
    const start = startBefore(checkpoints, from);
    if (start === null) throw new Error('too late to judge');
    const known = knownAt(now, last, changes);
    const after = readAfter(start, from, known.policy);
    const read = [...log.values()].filter(({ endedAt }) => endedAt > after).toSorted(inOrder);
    const asked = new Set(state.confirmation?.asks.map(({ region, at }) => `${region} ${at}`));
    // What was decided at a deadline is not undone by a report that waited.
    const history = foldBy(start, read, known, Math.max(until, state.until));
    const { written, withdrawn } = rewrite(start, history, now);
    for (const { id, told, endTold } of withdrawn)
      if (told && !endTold) alerts.push({ id, kind: 'resolved', at: now, late: false });
    const newestAt = Math.max(...[...log.values()].map(({ endedAt }) => endedAt));
    const timely = touched.length === 0 || isTimely(touched, newestAt);
    const unsure = touched.some(({ endedAt }) => now - endedAt > waitedMs);
    for (const row of written) tell(row, from, now, { timely, unsure });
    return (state.confirmation?.asks ?? []).filter(({ region, at }) => !asked.has(`${region} ${at}`));
  };
  const keyOf = ({ region, at }: Vote): string => `${region} ${at}`;
  return {
    state: () => state,
    /** When a sweep has something to do. */
    sweepAt: () => nextTickAt(state) + transportMs,
    sweep: (now: number): readonly Ask[] => judge([], state.until, now - transportMs, now),
    /** Takes a look that was sent then and arrives at `now`, and answers what is asked for by it. */
    take: (vote: Vote, now: number, sentAt = now): readonly Ask[] => {
      const until = Math.min(now, sentAt) - transportMs;
      if (sentAt === now && nextTickAt(state) <= until) judge([], state.until, until, now);
      if (log.has(keyOf(vote))) return [];
      log.set(keyOf(vote), vote);
      // A good look of a monitor that is all well enters the log and changes nothing.
      const plain = vote.verdict === 'up' && !vote.degraded;
      if (plain && isCalm(state, knownAt(now, last, changes).policy) && vote.endedAt > state.until) return [];
      return judge([vote], vote.endedAt, until, now);
    },
    rows: () => rows,
    alerts: () => alerts,
    /** All that was to be done is done; nobody is told any more. */
    end: () => {
      const told = [...alerts];
      const rowsTold = rows.map(({ id, resolvedAt }) => ({ id, resolvedAt }));
      judge([], state.until, 10 ** 15, 10 ** 15);
      return {
        rows: rows.map(({ startedAt, resolvedAt }) => ({ startedAt, resolvedAt })),
        ...{ spans, decisions, alerts: told, rowsTold },
      };
    },
  };
};
