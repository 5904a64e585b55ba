import type { CheckResult } from './check-result.ts';
import { secondLookAfterMs } from './confirm.ts';
import type { Policy } from './policy.ts';
import { phaseOf } from './schedule.ts';
import { answerSlackMs } from './tally.ts';
import { type Vote, votesIn } from './vote.ts';

/** Looks of one monitor as they might have been, for a replay by other settings than those they were made with. */

const isJudged = ({ outcome: { verdict } }: CheckResult): boolean =>
  verdict === 'up' || verdict === 'degraded' || verdict === 'down';

/** Whether a look took longer than it would have been given: then it would have failed. */
export const isBeyond = (look: CheckResult, timeoutMs: number): boolean => isJudged(look) && look.totalMs > timeoutMs;

/** Whether a look was given up sooner than it would have been: whether an answer would have come can't be known. */
export const isGivenUp = ({ outcome }: CheckResult, timeoutMs: number): boolean =>
  outcome.verdict === 'down' && outcome.failure.kind === 'timeout' && outcome.failure.afterMs < timeoutMs;

/** What a region saw at one moment: over both families that is one look, with one vote or none. */
type Moment = Readonly<{
  region: string;
  scheduledAt: number;
  trigger: CheckResult['trigger'];
  vote: Vote | null;
  looks: readonly CheckResult[];
}>;

const byMoment = (a: Moment, b: Moment): number =>
  a.scheduledAt - b.scheduledAt || (a.region < b.region ? -1 : a.region > b.region ? 1 : 0);
const momentsOf = (all: readonly CheckResult[]): readonly Moment[] =>
  [...Map.groupBy(all, ({ region, scheduledAt }) => `${scheduledAt} ${region}`).values()]
    .flatMap((looks) =>
      looks.slice(0, 1).map(({ region, scheduledAt, trigger }) => ({
        ...{ region, scheduledAt, trigger, looks },
        vote: votesIn(looks)[0] ?? null,
      })),
    )
    .toSorted(byMoment);

/** When a look that ended then has others asked: the other regions at once, its own a little later. */
const askedBy = (endedAt: number): readonly number[] => [endedAt, endedAt + secondLookAfterMs];

const shortened = (look: CheckResult, timeoutMs: number): CheckResult =>
  isBeyond(look, timeoutMs)
    ? { ...look, totalMs: timeoutMs, outcome: { verdict: 'down', failure: { kind: 'timeout', afterMs: timeoutMs } } }
    : look;

/**
 * The same looks with less time for each: the timeout bounds the whole of a look, redirects and body included. A failure
 * that ends sooner asks sooner, so its confirmations come as much sooner, and what those ask again in turn: left where
 * they were, they would be too late to be answers.
 */
export const cutShort = (looks: readonly CheckResult[], timeoutMs: number): readonly CheckResult[] => {
  const sooner = new Map<number, number>();
  return momentsOf(looks).flatMap(({ trigger, scheduledAt, vote, looks: pair }) => {
    const by = trigger === 'confirmation' ? (sooner.get(scheduledAt) ?? 0) : 0;
    const cut = pair
      .map((look) => shortened(look, timeoutMs))
      .map((look) =>
        by === 0 ? look : { ...look, scheduledAt: look.scheduledAt - by, startedAt: look.startedAt - by },
      );
    if (vote?.verdict === 'down') {
      const earlier = vote.endedAt - (votesIn(cut)[0]?.endedAt ?? vote.endedAt);
      if (earlier > 0) for (const at of askedBy(vote.endedAt)) sooner.set(at, earlier);
    }
    return cut;
  });
};

type Rhythm = Pick<Policy, 'intervalMs' | 'timeoutMs' | 'regions'>;
/** What is known of a region while looks are chosen. */
type Chosen = { slot: number; at: number; down: boolean };
type Raised = Readonly<{ region: string; endedAt: number }>;

/** Chooses moment by moment, oldest first. */
const chooser = (monitorId: string, { intervalMs, timeoutMs, regions }: Rhythm) => {
  const known = new Map<string, Chosen>();
  const asked = new Set<number>();
  const phases = new Map<string, number>();
  let raised: Raised | null = null;
  const slotOf = ({ region, scheduledAt }: Moment): number => {
    const phase = phases.get(region) ?? phaseOf({ monitorId, intervalMs, regions }, region);
    phases.set(region, phase);
    return Math.floor((scheduledAt - phase) / intervalMs);
  };
  /** Of another region, in the time that an answer to a question has, and its first. */
  const answers = ({ region, scheduledAt }: Moment, own: Chosen | undefined): boolean =>
    raised !== null &&
    raised.region !== region &&
    scheduledAt >= raised.endedAt &&
    scheduledAt <= raised.endedAt + timeoutMs + answerSlackMs &&
    (own?.at ?? Number.NEGATIVE_INFINITY) < raised.endedAt;
  return (moment: Moment): boolean => {
    const { region, scheduledAt, trigger, vote } = moment;
    const own = known.get(region);
    const slot = slotOf(moment);
    const isDue = trigger === 'schedule' && (own === undefined || slot > own.slot);
    const isKept = isDue || trigger === 'request' || asked.has(scheduledAt) || answers(moment, own);
    if (!isKept) return false;
    // Nothing seen asks nothing, and says nothing of what the region saw before.
    const down = vote === null ? own?.down === true : vote.verdict === 'down';
    if (vote !== null && (down || own?.down === true)) {
      for (const at of askedBy(vote.endedAt)) asked.add(at);
      if (isDue) raised = { region, endedAt: vote.endedAt };
    }
    known.set(region, { slot: isDue ? slot : (own?.slot ?? slot - 1), at: scheduledAt, down });
    return true;
  };
};

/**
 * The looks that a sparser rhythm would have kept: of each region the first in each of its slots, what people asked for,
 * and the answers to what those raise: the confirmations that they asked for, else the first look that another region
 * made in the time that such an answer has.
 */
export const sparser = (monitorId: string, looks: readonly CheckResult[], rhythm: Rhythm): readonly CheckResult[] =>
  // What other regions saw would have raised no question.
  momentsOf(looks.filter(({ region }) => rhythm.regions.includes(region)))
    .filter(chooser(monitorId, rhythm))
    .flatMap((moment) => moment.looks);
