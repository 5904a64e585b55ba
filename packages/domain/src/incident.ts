import type { CheckResult, Failure } from './check-result.ts';
import type { Confirmation, MonitorState, Policy, RegionState } from './monitor-state.ts';
import { observe, type SpanEffect, type Vote, voteOf } from './observe.ts';

/** What the shell has to do, in this order, in the transaction that stores the new state; `ask` goes out after it. */
export type Effect =
  | SpanEffect
  | Readonly<{ kind: 'ask'; regions: readonly string[]; scheduledAt: number; expiresAt: number }>
  | Readonly<{ kind: 'opened'; startedAt: number; cause: Failure; regions: readonly string[] }>
  | Readonly<{ kind: 'moved'; startedAt: number }>
  | Readonly<{ kind: 'resolved'; startedAt: number; resolvedAt: number }>;

export type Advance = readonly [MonitorState, readonly Effect[]];

/** One region alone is asked again this long after its check. */
export const secondLookAfterMs = 2_000;
/** How long beyond a check's own timeout an answer is waited for. */
export const answerSlackMs = 2_000;

type Named = RegionState & Readonly<{ name: string }>;
const known = ({ regions }: MonitorState, policy: Policy): readonly Named[] =>
  policy.regions.flatMap((name) => {
    const region = regions[name];
    return region === undefined ? [] : [{ ...region, name }];
  });

const isDown = ({ verdict }: RegionState): boolean => verdict === 'down';
const isUp = ({ verdict }: RegionState): boolean => verdict === 'up';

/** An earlier streak than this was a region's own trouble, not the beginning of this incident. */
const open = (state: MonitorState, voters: readonly Named[], at: number, policy: Policy): Advance => {
  const failing = voters.filter(isDown);
  const starts = failing.map(({ since }) => since).filter((since) => since >= at - policy.intervalMs);
  const first = failing.toSorted((a, b) => a.since - b.since)[0];
  const startedAt = Math.min(at, ...starts);
  const cause = (failing.find(({ since }) => since === startedAt) ?? first)?.cause ?? null;
  if (cause === null) return [state, []]; // unreachable: a failing region has a cause
  const regions = failing.map(({ name }) => name);
  return [{ ...state, incident: { startedAt }, confirmation: null }, [{ kind: 'opened', startedAt, cause, regions }]];
};

const resolve = (state: MonitorState, startedAt: number, resolvedAt: number): Advance => [
  { ...state, incident: null, confirmation: null },
  [{ kind: 'resolved', startedAt, resolvedAt: Math.max(resolvedAt, startedAt) }],
];

const unasked = (state: MonitorState): MonitorState =>
  state.confirmation === null ? state : { ...state, confirmation: null };

/** One region: streaks decide, and the look that would decide next is asked for at once. */
const decideAlone = (state: MonitorState, vote: Vote, region: RegionState, policy: Policy, now: number): Advance => {
  const { incident } = state;
  const failing = isDown(region);
  if (failing === (incident !== null)) return [unasked(state), []];
  const enough = region.streak >= (failing ? policy.failuresToOpen : policy.successesToResolve);
  if (enough && incident === null) return open(state, known(state, policy), region.since, policy);
  if (enough && incident !== null) return resolve(state, incident.startedAt, region.since);
  const askedAt = Math.max(now, vote.at + secondLookAfterMs);
  return ask(state, vote, policy, { askedAt, regions: policy.regions });
};

/** Puts the vote's verdict to these regions as a question with a deadline. */
const ask = (
  state: MonitorState,
  { region, at, verdict: question }: Vote,
  { timeoutMs }: Policy,
  { askedAt, regions }: Readonly<{ askedAt: number; regions: readonly string[] }>,
): Advance => {
  const deadlineAt = askedAt + timeoutMs + answerSlackMs;
  return [
    { ...state, confirmation: { question, region, at, askedAt, deadlineAt, round: 1 } },
    [{ kind: 'ask', regions, scheduledAt: askedAt, expiresAt: deadlineAt }],
  ];
};

/** The regions that have answered a confirmation, the one that raised it included. */
const voters = (state: MonitorState, { askedAt, region }: Confirmation, policy: Policy): readonly Named[] =>
  known(state, policy).filter(({ newest, name }) => newest >= askedAt || name === region);

const act = (state: MonitorState, confirmation: Confirmation, policy: Policy): Advance => {
  const votes = voters(state, confirmation, policy);
  if (confirmation.question === 'down') return open(state, votes, confirmation.at, policy);
  return state.incident === null
    ? [{ ...state, confirmation: null }, []]
    : resolve(state, state.incident.startedAt, confirmation.at);
};

/**
 * More than half of all regions say so by their latest check, asked or not: no need to wait for anybody. What is latest
 * is reckoned from this vote, not from the clock: an outage that is judged late is an outage.
 */
const decideByMajority = (state: MonitorState, vote: Vote, policy: Policy): Advance | null => {
  const { incident, confirmation } = state;
  const reach = policy.intervalMs + policy.timeoutMs + answerSlackMs;
  const fresh = known(state, policy).filter(({ newest }) => Math.abs(newest - vote.at) <= reach);
  const half = policy.regions.length / 2;
  const at = confirmation?.at ?? vote.at;
  if (incident === null) return fresh.filter(isDown).length > half ? open(state, fresh, at, policy) : null;
  const recovered = fresh.filter((region) => isUp(region) && region.newest > incident.startedAt);
  if (recovered.length <= half) return null;
  return resolve(state, incident.startedAt, confirmation?.question === 'up' ? confirmation.at : vote.at);
};

/** Settles a running confirmation as soon as the answers still missing could not change it. */
const settle = (state: MonitorState, confirmation: Confirmation, policy: Policy): Advance => {
  const votes = voters(state, confirmation, policy);
  const count = policy.regions.length;
  const yes = votes.filter(({ verdict }) => verdict === confirmation.question).length;
  const no = votes.length - yes;
  if (yes > count / 2 || (yes + no === count && yes > no)) return act(state, confirmation, policy);
  if (no >= count / 2 || yes + no === count) return [{ ...state, confirmation: null }, []];
  return [state, []];
};

const streakDecides = ({ regions }: MonitorState, { region, question }: Confirmation, policy: Policy): boolean => {
  const own = regions[region];
  const needed = question === 'down' ? policy.failuresToOpen : policy.successesToResolve;
  return own !== undefined && own.verdict === question && own.streak >= needed;
};

/** A region that keeps disagreeing raises the question again at its 1st, 2nd, 4th, 8th … check, not at every one. */
const raises = (streak: number): boolean => (streak & (streak - 1)) === 0;

const raise = (state: MonitorState, vote: Vote, policy: Policy, now: number): Advance => {
  const { incident } = state;
  const streak = state.regions[vote.region]?.streak ?? 0;
  const disagrees = incident === null ? vote.verdict === 'down' : vote.verdict === 'up' && vote.at > incident.startedAt;
  if (!disagrees || !raises(streak)) return [state, []];
  const newest = Math.max(...known(state, policy).map((region) => region.newest));
  const askedAt = Math.max(now, newest + 1);
  return ask(state, vote, policy, { askedAt, regions: policy.regions.filter((name) => name !== vote.region) });
};

const decide = (state: MonitorState, vote: Vote, policy: Policy, now: number): Advance => {
  const region = state.regions[vote.region];
  if (region === undefined) return [state, []];
  if (policy.regions.length === 1) return decideAlone(state, vote, region, policy, now);
  const byMajority = decideByMajority(state, vote, policy);
  if (byMajority !== null) return byMajority;
  if (state.confirmation !== null) return settle(state, state.confirmation, policy);
  return raise(state, vote, policy, now);
};

/** A late failure at the beginning of the streak that opened the incident moves its start, and alerts nobody. */
const moveStart = (state: MonitorState, old: RegionState | undefined, region: RegionState): Advance => {
  const { incident } = state;
  if (incident === null || old === undefined || !isDown(region)) return [state, []];
  if (old.since !== incident.startedAt || region.since >= incident.startedAt) return [state, []];
  return [{ ...state, incident: { startedAt: region.since } }, [{ kind: 'moved', startedAt: region.since }]];
};

/**
 * Folds one result into a monitor's state. `now` is the moment the result is judged (epoch ms). Repeated results change
 * nothing; a late one may lengthen the running streak at its beginning. Looks without a vote, and regions that the
 * policy doesn't name, change nothing.
 */
export const advance = (state: MonitorState, result: CheckResult, policy: Policy, now: number): Advance => {
  const vote = voteOf(result);
  if (vote === null || vote.at < (state.from ?? 0) || !policy.regions.includes(vote.region)) return [state, []];
  const old = state.regions[vote.region];
  const observed = observe(old, vote, policy);
  if (observed === null) return [state, []];
  const [region, spans] = observed;
  const regions = { ...state.regions, [vote.region]: region };
  const [moved, moves] = moveStart({ ...state, regions }, old, region);
  const [decided, effects] = decide(moved, vote, policy, now);
  return [decided, [...spans, ...moves, ...effects]];
};

/** What to do when a confirmation's deadline has passed; nothing before it. */
export const expire = (state: MonitorState, policy: Policy, now: number): Advance => {
  const { confirmation } = state;
  if (confirmation === null || now < confirmation.deadlineAt) return [state, []];
  const votes = voters(state, confirmation, policy);
  const yes = votes.filter(({ verdict }) => verdict === confirmation.question).length;
  const dropped: Advance = [{ ...state, confirmation: null }, []];
  if (votes.length > 1) return yes > votes.length - yes ? act(state, confirmation, policy) : dropped;
  if (yes === 0) return dropped;
  if (streakDecides(state, confirmation, policy)) return act(state, confirmation, policy);
  if (confirmation.round === 2) return dropped;
  const deadlineAt = now + policy.timeoutMs + answerSlackMs;
  const again = { kind: 'ask', regions: policy.regions, scheduledAt: now, expiresAt: deadlineAt } as const;
  return [{ ...state, confirmation: { ...confirmation, deadlineAt, round: 2 } }, [again]];
};
