import { type Failure, failureCode } from './check-result.ts';
import { askAbout, type Settled, settleAtDeadline, settleBy } from './confirm.ts';
import {
  type JudgedStatus,
  type MonitorState,
  nextTickAt,
  type RegionState,
  recent,
  statusOf,
} from './monitor-state.ts';
import { type FailureSpan, observe } from './observe.ts';
import { failingNeeded, flapping, type Policy, wellNeeded } from './policy.ts';
import { fresh, isFailing, isWell, known, type Named, tallyOf } from './tally.ts';
import type { Vote } from './vote.ts';

type Moment = Readonly<{ at: number; decidedAt: number }>;

/** What a region said when something was decided. */
export type Witness = Readonly<{ region: string; verdict: 'up' | 'down'; code: string | null; at: number }>;

/** A decision and its evidence. `unconfirmed`: a failure, or a recovery, that the other regions did not share. */
export type Decision = Readonly<{
  kind: 'first-good' | 'opened' | 'resolved' | 'unconfirmed' | 'degraded' | 'not-degraded' | 'flapping' | 'calm';
  /** The moment it is about, and that at which it could be known. */
  at: number;
  decidedAt: number;
  /** The status from then on. */
  status: JudgedStatus;
  witnesses: readonly Witness[];
}>;

/** What happened in one step, in order. */
export type Effect =
  | Readonly<{ kind: 'span'; span: FailureSpan }>
  | Readonly<{ kind: 'opened'; startedAt: number; cause: Failure; regions: readonly string[] }>
  | Readonly<{ kind: 'resolved'; startedAt: number; resolvedAt: number; knownAt: number }>
  | Readonly<{ kind: 'decided'; decision: Decision }>;

export type Step = readonly [MonitorState, readonly Effect[]];

const witnesses = (regions: readonly Named[]): readonly Witness[] =>
  regions.map(({ name, verdict, span, newest }) => ({
    region: name,
    verdict,
    code: span === null ? null : failureCode(span.failure),
    at: newest,
  }));

const decided = (
  state: MonitorState,
  what: Pick<Decision, 'kind' | 'at' | 'decidedAt'>,
  seen: readonly Named[] = [],
): Effect => ({ kind: 'decided', decision: { ...what, status: statusOf(state), witnesses: witnesses(seen) } });

/** Who answered the running confirmation otherwise. */
const answersAgainst = (state: MonitorState, policy: Policy): readonly Named[] =>
  state.confirmation === null ? [] : tallyOf(state, state.confirmation, policy).no;

/** Good looks count anew towards the recovery from here on. */
const recount = (regions: MonitorState['regions']): MonitorState['regions'] =>
  Object.fromEntries(
    Object.entries(regions).map(([name, region]): [string, RegionState] => [
      name,
      region.verdict === 'up' ? { ...region, streak: 0 } : region,
    ]),
  );

/** What failed so far was a region's own trouble: a later incident begins later. */
const refute = (regions: MonitorState['regions'], at: number): MonitorState['regions'] =>
  Object.fromEntries(
    Object.entries(regions).map(([name, region]): [string, RegionState] => [
      name,
      region.verdict === 'down' ? { ...region, refutedAt: at } : region,
    ]),
  );

/** Notes that an incident opened or ended, and whether that was once too often. */
const changed = (state: MonitorState, at: number): Step => {
  const changes = [...recent(state.changes, at), at].slice(-2 * flapping.changes);
  const begins = state.flappingSince === null && changes.length > flapping.changes;
  const next = { ...state, changes, flappingSince: begins ? at : state.flappingSince };
  return [next, begins ? [decided(next, { kind: 'flapping', at, decidedAt: at })] : []];
};

/**
 * A streak from more than an interval before, or one that the other regions saw nothing of, was a region's own trouble, not
 * the beginning of this incident.
 */
const open = (state: MonitorState, failing: readonly Named[], { at, decidedAt }: Moment, policy: Policy): Step => {
  const own = failing.filter(({ since, refutedAt }) => refutedAt === null && since >= at - policy.intervalMs);
  const starts = own.map(({ since }) => since);
  const [first] = (own.length > 0 ? own : failing).toSorted((a, b) => a.since - b.since);
  const startedAt = Math.max(Math.min(at, ...starts), state.endedAt);
  const cause = (failing.find(({ since }) => since === startedAt) ?? first)?.cause ?? null;
  if (cause === null) return [state, []]; // unreachable: a failing region has a cause
  const incident = { startedAt, cause, regions: failing.map(({ name }) => name) };
  const opened = { ...state, regions: recount(state.regions), incident, confirmation: null };
  const fact = decided(opened, { kind: 'opened', at: startedAt, decidedAt }, [
    ...failing,
    ...answersAgainst(state, policy),
  ]);
  const [next, flaps] = changed(opened, decidedAt);
  return [next, [{ kind: 'opened', ...incident }, fact, ...flaps]];
};

const resolve = (state: MonitorState, well: readonly Named[], { at, decidedAt }: Moment, policy: Policy): Step => {
  const { incident } = state;
  if (incident === null) return [{ ...state, confirmation: null }, []];
  const { startedAt } = incident;
  const resolvedAt = Math.max(at, startedAt);
  const ended = { ...state, regions: recount(state.regions), incident: null, endedAt: resolvedAt, confirmation: null };
  const fact = decided(ended, { kind: 'resolved', at: resolvedAt, decidedAt }, [
    ...well,
    ...answersAgainst(state, policy),
  ]);
  const [next, flaps] = changed(ended, decidedAt);
  return [next, [{ kind: 'resolved', startedAt, resolvedAt, knownAt: decidedAt }, fact, ...flaps]];
};

/** Does what a confirmation came to. */
const conclude = (state: MonitorState, settled: Settled, decidedAt: number, policy: Policy): Step => {
  const { confirmation } = state;
  if (confirmation === null) return [state, []];
  if (settled === 'drop') {
    const { yes, no, wavering } = tallyOf(state, confirmation, policy);
    const refuted = confirmation.question === 'down' && no.some(({ name }) => name !== confirmation.region);
    const next = { ...state, regions: refuted ? refute(state.regions, decidedAt) : state.regions, confirmation: null };
    const fact = { kind: 'unconfirmed', at: confirmation.at, decidedAt } as const;
    return [next, [decided(next, fact, [...yes, ...wavering, ...no])]];
  }
  if (settled !== 'act') return [settled === confirmation ? state : { ...state, confirmation: settled }, []];
  const { yes, wavering } = tallyOf(state, confirmation, policy);
  const moment = { at: confirmation.at, decidedAt };
  if (confirmation.question === 'up') return resolve(state, yes, moment, policy);
  return open(state, [...yes, ...wavering], moment, policy);
};

/** A failure that the others have seen nothing of says nothing more, until the region fails again. */
const isNews = ({ refutedAt, newest }: RegionState): boolean => refutedAt === null || newest > refutedAt;

/**
 * So many regions say so by their latest looks, asked or not, that no other could change it: no need to wait. Null when
 * they don't.
 */
const decideByAll = (state: MonitorState, vote: Vote, policy: Policy): Step | null => {
  const { incident, confirmation } = state;
  const latest = fresh(state, vote, policy);
  const count = policy.regions.length;
  const firstOfRun = state.regions[vote.region]?.since ?? vote.at;
  if (incident === null) {
    if (confirmation !== null && policy.agree !== 'any' && count > 1) return null; // the answers are being heard
    const failing = latest.filter((region) => isFailing(region, policy.failuresToOpen) && isNews(region));
    if (failing.length < failingNeeded(policy.agree, count)) return null;
    const at = count === 1 ? firstOfRun : (confirmation?.at ?? vote.at);
    return open(state, failing, { at, decidedAt: vote.endedAt }, policy);
  }
  const well = latest.filter((region) => isWell(region, policy) && region.newest > incident.startedAt);
  if (well.length < wellNeeded(policy.agree, count)) return null;
  const first = count === 1 ? firstOfRun : vote.at;
  const at = confirmation?.question === 'up' && count > 1 ? confirmation.at : first;
  return resolve(state, well, { at, decidedAt: vote.endedAt }, policy);
};

/** A region that keeps disagreeing raises the question again at its 1st, 2nd, 4th, 8th … check, not at every one. */
const raises = (streak: number): boolean => streak > 0 && (streak & (streak - 1)) === 0;

const raise = (state: MonitorState, vote: Vote, policy: Policy): MonitorState => {
  const { incident } = state;
  const streak = state.regions[vote.region]?.streak ?? 0;
  const disagrees = incident === null ? vote.verdict === 'down' : vote.verdict === 'up' && vote.at > incident.startedAt;
  const alone = policy.regions.length === 1;
  if (!disagrees || !(alone || raises(streak))) return state;
  return { ...state, confirmation: askAbout(state, vote, policy) };
};

const decide = (state: MonitorState, vote: Vote, policy: Policy): Step => {
  const inGrace = state.incident === null && vote.at < state.from + policy.graceMs;
  if (inGrace) return [state, []];
  const atOnce = decideByAll(state, vote, policy);
  if (atOnce !== null) return atOnce;
  const { confirmation } = state;
  if (confirmation === null) return [raise(state, vote, policy), []];
  return conclude(state, settleBy(state, confirmation, vote, policy), vote.endedAt, policy);
};

/** Enough regions were slow for long enough, or are so no more. */
const weighSlowness = (state: MonitorState, vote: Vote, policy: Policy): Step => {
  const { degradedSince, incident } = state;
  const latest = fresh(state, vote, policy);
  const count = policy.regions.length;
  const moment = { at: vote.at, decidedAt: vote.endedAt };
  if (degradedSince === null) {
    const slow = latest.filter(({ slow }) => slow >= policy.degradedAfter);
    if (incident !== null || slow.length < failingNeeded(policy.agree, count)) return [state, []];
    const next = { ...state, degradedSince: vote.at };
    return [next, [decided(next, { kind: 'degraded', ...moment }, slow)]];
  }
  const quick = latest.filter(({ slow, verdict, newest }) => slow === 0 && verdict === 'up' && newest > degradedSince);
  if (quick.length < wellNeeded(policy.agree, count)) return [state, []];
  const next = { ...state, degradedSince: null };
  return [next, [decided(next, { kind: 'not-degraded', ...moment }, quick)]];
};

const sawGood = (state: MonitorState, { region, at, endedAt, verdict }: Vote, policy: Policy): Step => {
  if (state.seenUp || verdict === 'down') return [state, []];
  const next = { ...state, seenUp: true };
  return [
    next,
    [
      decided(
        next,
        { kind: 'first-good', at, decidedAt: endedAt },
        known(next, policy).filter(({ name }) => name === region),
      ),
    ],
  ];
};

/**
 * Folds one vote into a monitor's state. Votes come in order (`inOrder`), each once; `fold` sees to that. Regions that the
 * policy doesn't name and looks from before `from` change nothing.
 */
export const advance = (state: MonitorState, vote: Vote, policy: Policy): Step => {
  if (vote.at < state.from || !policy.regions.includes(vote.region)) return [state, []];
  const [region, ended] = observe(state.regions[vote.region], vote, state.incident !== null);
  const seen = { ...state, regions: { ...state.regions, [vote.region]: region }, until: vote.endedAt };
  const effects: Effect[] = ended === null ? [] : [{ kind: 'span', span: ended }];
  let next: MonitorState = seen;
  for (const rule of [sawGood, decide, weighSlowness]) {
    const [after, more] = rule(next, vote, policy);
    next = after;
    effects.push(...more);
  }
  return [next, effects];
};

/** Does what is due at `nextTickAt`: a confirmation's deadline, or the end of flapping. */
export const tick = (state: MonitorState, policy: Policy): Step => {
  const at = nextTickAt(state);
  const { confirmation, flappingSince } = state;
  if (
    confirmation !== null &&
    Math.min(confirmation.deadlineAt, confirmation.actAt ?? Number.POSITIVE_INFINITY) <= at
  ) {
    const settled = settleAtDeadline(state, confirmation, policy);
    return conclude({ ...state, until: at }, settled, at, policy);
  }
  if (flappingSince === null || !Number.isFinite(at)) return [state, []];
  const next = { ...state, flappingSince: null, changes: [], until: at };
  return [next, [decided(next, { kind: 'calm', at, decidedAt: at })]];
};
