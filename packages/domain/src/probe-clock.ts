// A probe's idea of now. Its slots and its results' moments must not jump when somebody sets the machine's wall clock, so
// time is counted on a steady clock, and which moment that means is told by the wall clock and the core together.

/** One reading of the machine: its wall clock (epoch ms), and a clock that nobody sets (ms from any moment). */
export type Reading = Readonly<{ wall: number; steady: number }>;

/** What the core said its time was, in answer to a call that left and came back at these steady moments. */
export type CoreAnswer = Readonly<{ coreAt: number; sentAt: number; gotAt: number }>;

/** The core's time minus the steady clock's, true to half the round trip, as learnt at a steady moment. */
type Sample = Readonly<{ offset: number; slackMs: number; at: number }>;

export type ProbeClock = Readonly<{
  /** Now is the steady clock and this. */
  offset: number;
  /** The wall clock minus the steady clock when it was last read. */
  wallOffset: number;
  /** The wall clock is right (within 2 s of the core's), so its little corrections are taken over. */
  followsWall: boolean;
  /** The core has been heard, in this run or one before. */
  knowsCore: boolean;
  samples: readonly Sample[];
  /** An answer that contradicts all others; believed when the next one says the same. */
  doubt: Sample | null;
}>;

/** Nearer to the core than this the own wall clock is right; a greater jump against the steady clock is a step. */
export const clockToleranceMs = 2_000;
/** Once corrected, it is believed again only when it is clearly right: not to and fro at the edge. */
const rightAgainMs = 1_000;
/** The best of the answers of this long is believed. Steady clocks drift some ten parts in a million. */
const sampleLifeMs = 300_000;
const mostSamples = 16;
/** What two answers may differ by beyond their round trips: more, and the steady clock stood still in between. */
const driftMs = 250;

/** `knownAheadMs`: how far ahead the wall clock was when an earlier run ended; null = it never reached the core. */
export const startClock = ({ wall, steady }: Reading, knownAheadMs: number | null): ProbeClock => {
  const wallOffset = wall - steady;
  const ahead = knownAheadMs ?? 0;
  const knowsCore = knownAheadMs !== null;
  return { offset: wallOffset - ahead, wallOffset, followsWall: ahead === 0, knowsCore, samples: [], doubt: null };
};

/** The clock after one more reading. A wall clock that was set is noticed at once, and followed only by a probe that never reached the core. */
export const readClock = (clock: ProbeClock, { wall, steady }: Reading): ProbeClock => {
  const wallOffset = wall - steady;
  if (wallOffset === clock.wallOffset) return clock;
  const stepped = Math.abs(wallOffset - clock.wallOffset) > clockToleranceMs;
  const followsWall = !clock.knowsCore || (clock.followsWall && !stepped);
  return { ...clock, wallOffset, followsWall, offset: followsWall ? wallOffset : clock.offset };
};

const best = (samples: readonly [Sample, ...Sample[]]): Sample =>
  samples.reduce((a, b) => (b.slackMs < a.slackMs ? b : a), samples[0]);

const agree = (a: Sample, b: Sample): boolean => Math.abs(a.offset - b.offset) <= a.slackMs + b.slackMs + driftMs;

/**
 * The clock after an answer of the core. `clock` has just been read. An answer that contradicts all of the last minutes
 * (one of several cores has a wrong clock, or this steady clock stood still) is believed when the next one confirms it.
 */
export const hearCore = (clock: ProbeClock, { coreAt, sentAt, gotAt }: CoreAnswer): ProbeClock => {
  const slackMs = Math.max(0, gotAt - sentAt) / 2;
  const heard: Sample = { offset: coreAt - (sentAt + gotAt) / 2, slackMs, at: gotAt };
  const young = clock.samples.filter(({ at }) => gotAt - at <= sampleLifeMs && at <= gotAt);
  const like = young.filter((one) => agree(one, heard));
  const confirmed = clock.doubt !== null && agree(clock.doubt, heard);
  if (young.length > 0 && like.length === 0 && !confirmed) return { ...clock, doubt: heard };
  const samples = [heard, ...like.slice(0, mostSamples - 1)] as const;
  const core = best([...samples]);
  const off = Math.abs(clock.wallOffset - core.offset);
  const limit = clock.followsWall ? clockToleranceMs : rightAgainMs;
  const followsWall = off <= limit + core.slackMs;
  return {
    ...clock,
    knowsCore: true,
    samples,
    doubt: null,
    followsWall,
    offset: followsWall ? clock.wallOffset : core.offset,
  };
};

/** Now, epoch ms, at a steady moment. */
export const nowOf = ({ offset }: ProbeClock, steady: number): number => Math.round(offset + steady);

/** How far the own wall clock is ahead of the time that is told, whole ms; 0 while that is the wall clock's own. */
export const aheadOf = ({ wallOffset, offset, followsWall }: ProbeClock): number =>
  followsWall ? 0 : Math.round(wallOffset - offset);

/** How far the own wall clock is ahead of the core's by the best answer, whole ms; null before there was one. */
export const measuredAhead = ({ wallOffset, samples: [first, ...others] }: ProbeClock): number | null =>
  first === undefined ? null : Math.round(wallOffset - best([first, ...others]).offset);
