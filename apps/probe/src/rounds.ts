/** A round's answer holds for so long; that something is lost, only for looks that began before it. */
const holdsMs = 3_000;
/** Rounds begin at least this far apart. */
const apartMs = 250;

export type Rounds = Readonly<{
  /** What is asked holds for a look that began then (ms of `performance.now`) and failed a moment ago. Never rejects. */
  isLost: (lookBeganAt: number) => Promise<boolean>;
  /** What the last round said. */
  last: () => boolean;
}>;

type Round = Readonly<{ beganAt: number; isLost: Promise<boolean> }>;
type Past = Readonly<{ beganAt: number; lost: boolean }>;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** One round of questions at a time, however many looks fail at once. `ask` never rejects. */
export const openRounds = (ask: () => Promise<boolean>): Rounds => {
  let running: Round | null = null;
  let following: Promise<boolean> | null = null;
  let past: Past | null = null;

  const run = async (beganAt: number): Promise<boolean> => {
    const lost = await ask();
    past = { beganAt, lost };
    running = null;
    return lost;
  };
  const begin = (): Promise<boolean> => {
    if (running === null) {
      const beganAt = performance.now();
      running = { beganAt, isLost: run(beganAt) };
    }
    return running.isLost;
  };
  /** The next round, shared by all that wait for it: the one under way began before their looks did. */
  const next = (): Promise<boolean> => {
    following ??= (async () => {
      await running?.isLost;
      if (past !== null) await sleep(Math.max(0, past.beganAt + apartMs - performance.now()));
      following = null;
      return begin();
    })();
    return following;
  };
  return {
    isLost: async (lookBeganAt) => {
      const holds = past !== null && performance.now() - past.beganAt < holdsMs;
      if (holds && past !== null && (past.lost || past.beganAt >= lookBeganAt)) return past.lost;
      if (running !== null && running.beganAt >= lookBeganAt) return running.isLost;
      return next();
    },
    last: () => past?.lost ?? false,
  };
};
