import type { Confirmation, MonitorState, RegionState } from './monitor-state.ts';
import { failingNeeded, type Policy, wellNeeded } from './policy.ts';
import type { Vote } from './vote.ts';

/** How long beyond a check's own timeout an answer is waited for. */
export const answerSlackMs = 2_000;

export type Named = RegionState & Readonly<{ name: string }>;

/** The regions of the policy that were ever heard. */
export const known = ({ regions }: Pick<MonitorState, 'regions'>, policy: Policy): readonly Named[] =>
  policy.regions.flatMap((name) => {
    const region = regions[name];
    return region === undefined ? [] : [{ ...region, name }];
  });

/** Those whose latest look is not much older than this one. Reckoned from the vote, not from a clock: late is not stale. */
export const fresh = (state: MonitorState, { at }: Vote, policy: Policy): readonly Named[] => {
  const reach = policy.intervalMs + policy.timeoutMs + answerSlackMs;
  return known(state, policy).filter(({ newest }) => Math.abs(newest - at) <= reach);
};

/** `needs`: failures in a row; more than the policy's once the regions contradict each other. */
export const isFailing = ({ verdict, streak }: RegionState, needs: number): boolean =>
  verdict === 'down' && streak >= needs;
export const isWell = ({ verdict, streak }: RegionState, { successesToResolve }: Policy): boolean =>
  verdict === 'up' && streak >= successesToResolve;

/** How many regions of so many must agree with a question. */
export const needed = (question: Confirmation['question'], { agree }: Policy, voters: number): number =>
  question === 'down' ? failingNeeded(agree, voters) : wellNeeded(agree, voters);

export type Tally = Readonly<{
  yes: readonly Named[];
  no: readonly Named[];
  /** Answered in the question's sense, but not yet often enough in a row. */
  wavering: readonly Named[];
}>;

/** What the regions that have answered a confirmation say, the one that raised it included. */
export const tallyOf = (state: MonitorState, confirmation: Confirmation, policy: Policy): Tally => {
  const { question, askedAt, region, at } = confirmation;
  // A failure that was seen at the same time needs no second look; that it was well then says nothing of now.
  const sawToo = ({ verdict, newest }: Named): boolean => question === 'down' && verdict === 'down' && newest >= at;
  const answers = known(state, policy).filter((one) => one.newest >= askedAt || one.name === region || sawToo(one));
  const agreeing = answers.filter(({ verdict }) => verdict === question);
  const decided = (one: Named): boolean =>
    question === 'down' ? isFailing(one, confirmation.needs) : isWell(one, policy);
  return {
    yes: agreeing.filter(decided),
    no: answers.filter(({ verdict }) => verdict !== question),
    wavering: agreeing.filter((one) => !decided(one)),
  };
};
