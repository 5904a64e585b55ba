import type { Ask, Confirmation, MonitorState } from './monitor-state.ts';
import type { Policy } from './policy.ts';
import { answerSlackMs, isFailing, isWell, needed, type Tally, tallyOf } from './tally.ts';
import type { Vote } from './vote.ts';

/** A region is asked again this long after its own check. */
export const secondLookAfterMs = 2_000;
/** When enough regions agree, the others have until so long after the question to contradict. */
const contradictWithinMs = 1_000;
/** So many failures in a row decide for a region that nobody else answers. */
const aloneNeeds = 2;

export type Settled = 'act' | 'drop' | Confirmation;

/** Puts a vote's verdict to the other regions at once, and to its own again where one look is not enough. */
export const askAbout = (state: MonitorState, vote: Vote, policy: Policy): Confirmation => {
  const { region, at, endedAt, verdict } = vote;
  const own = state.regions[region];
  const decided =
    own !== undefined && (verdict === 'down' ? isFailing(own, policy.failuresToOpen) : isWell(own, policy));
  const others = policy.regions.filter((name) => name !== region).map((name): Ask => ({ region: name, at: endedAt }));
  const again: readonly Ask[] = decided ? [] : [{ region, at: endedAt + secondLookAfterMs }];
  const lastAt = decided ? endedAt : endedAt + secondLookAfterMs;
  const deadlineAt = lastAt + policy.timeoutMs + answerSlackMs;
  const asks = [...others, ...again];
  const needs = policy.failuresToOpen;
  return { question: verdict, region, at, askedAt: endedAt, deadlineAt, needs, actAt: null, round: 1, asks };
};

/** Whether the answers still missing could make it a yes, if all came or none did. */
const isPossible = ({ yes, no }: Tally, { question }: Confirmation, policy: Policy): boolean => {
  const total = policy.regions.length;
  const heard = yes.length + no.length;
  const all = yes.length + (total - heard) >= needed(question, policy, total);
  return all || (yes.length > 0 && yes.length >= needed(question, policy, heard));
};

/** Regions that agree, but not yet often enough, are asked once more. */
const askAgain = (
  confirmation: Confirmation,
  regions: readonly string[],
  now: number,
  { timeoutMs }: Policy,
): Confirmation => {
  const at = now + secondLookAfterMs;
  const open = confirmation.asks.filter((ask) => ask.at > now);
  const asked = new Set(open.map(({ region }) => region));
  const again = regions.filter((region) => !asked.has(region)).map((region): Ask => ({ region, at }));
  if (again.length === 0) return confirmation;
  const deadlineAt = Math.max(confirmation.deadlineAt, at + timeoutMs + answerSlackMs);
  return { ...confirmation, deadlineAt, asks: [...open, ...again] };
};

/**
 * Enough regions agree. Where all say the same that is that. While some have not answered they have a moment to
 * contradict; where some do, chance may have failed the others at once, so those must fail once more.
 */
const weigh = (confirmation: Confirmation, { yes, no }: Tally, { endedAt }: Vote, policy: Policy): Settled => {
  const { question, askedAt, needs } = confirmation;
  const total = policy.regions.length;
  if (question === 'up' || policy.agree === 'any' || yes.length === total) return 'act';
  if (no.length === 0) {
    const actAt = askedAt + contradictWithinMs;
    return endedAt >= actAt ? 'act' : { ...confirmation, actAt };
  }
  const more = policy.failuresToOpen + 1;
  const wavering = yes.filter(({ streak }) => streak < more).map(({ name }) => name);
  if (needs === more || yes.length - wavering.length >= needed(question, policy, total)) return 'act';
  return askAgain({ ...confirmation, needs: more, actAt: null }, wavering, endedAt, policy);
};

/** What an answer makes of a running confirmation: settled as soon as what is missing could not change it. */
export const settleBy = (state: MonitorState, confirmation: Confirmation, vote: Vote, policy: Policy): Settled => {
  const tally = tallyOf(state, confirmation, policy);
  const { yes, no, wavering } = tally;
  const total = policy.regions.length;
  if (yes.length >= needed(confirmation.question, policy, total)) return weigh(confirmation, tally, vote, policy);
  if (yes.length + no.length === total || !isPossible(tally, confirmation, policy)) return 'drop';
  const answered = vote.at >= confirmation.askedAt || vote.region === confirmation.region;
  const wavers = answered && wavering.some(({ name }) => name === vote.region);
  const waiting = confirmation.actAt === null ? confirmation : { ...confirmation, actAt: null };
  return wavers ? askAgain(waiting, [vote.region], vote.endedAt, policy) : waiting;
};

/** What becomes of a confirmation whose deadline has passed, or which nobody has contradicted in time. */
export const settleAtDeadline = (state: MonitorState, confirmation: Confirmation, policy: Policy): Settled => {
  if (confirmation.actAt !== null && confirmation.actAt < confirmation.deadlineAt) return 'act';
  const { yes, no, wavering } = tallyOf(state, confirmation, policy);
  const heard = yes.length + no.length;
  const { question, region: raiser, deadlineAt, round } = confirmation;
  const others = [...yes, ...no, ...wavering].some(({ name }) => name !== raiser);
  if (others) return yes.length > 0 && yes.length >= needed(question, policy, heard) ? 'act' : 'drop';
  const own = [...yes, ...wavering].find(({ name }) => name === raiser);
  if (own === undefined) return 'drop';
  const streak = Math.max(aloneNeeds, question === 'down' ? policy.failuresToOpen : policy.successesToResolve);
  if (own.streak >= streak) return 'act';
  if (round === 2) return 'drop';
  const asks = policy.regions.map((region): Ask => ({ region, at: deadlineAt }));
  return { ...confirmation, round: 2, asks, deadlineAt: deadlineAt + policy.timeoutMs + answerSlackMs };
};
