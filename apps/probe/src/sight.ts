import { Agent, request } from 'undici';

const roundMs = 2_500;
/** A round's answer holds for so long; that the probe sees, only for looks that began before it. */
const holdsMs = 3_000;
/** Rounds begin at least this far apart. */
const apartMs = 250;
const maxAnswerBytes = 64 * 1_024;

export type Sight = Readonly<{
  /**
   * Whether the probe reaches none of its control targets, for a look that began then (ms of `performance.now`) and failed
   * a moment ago. False at once when there are no targets. Takes at most a few seconds, never rejects.
   */
  isLost: (lookBeganAt: number) => Promise<boolean>;
  /** What the last round said. */
  isBlind: () => boolean;
  close: () => Promise<void>;
}>;

type Round = Readonly<{ beganAt: number; isLost: Promise<boolean> }>;
type Past = Readonly<{ beganAt: number; lost: boolean }>;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Any answer, of whatever status, shows that the network is there. */
const reach = async (agent: Agent, url: string): Promise<void> => {
  const options = { dispatcher: agent, reset: true, signal: AbortSignal.timeout(roundMs) };
  const { body } = await request(url, options);
  body.dump().catch(() => undefined);
};

/** Asks control targets whether the probe sees anything at all, when a look has failed; one round at a time. */
export const openSight = (urls: readonly string[]): Sight => {
  const agent = new Agent({ connect: { timeout: roundMs }, maxResponseSize: maxAnswerBytes });
  let running: Round | null = null;
  let following: Promise<boolean> | null = null;
  let past: Past | null = null;

  const ask = async (beganAt: number): Promise<boolean> => {
    const lost = await Promise.any(urls.map((url) => reach(agent, url))).then(
      () => false,
      () => true,
    );
    past = { beganAt, lost };
    running = null;
    return lost;
  };
  const begin = (): Promise<boolean> => {
    if (running === null) {
      const beganAt = performance.now();
      running = { beganAt, isLost: ask(beganAt) };
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
      if (urls.length === 0) return false;
      const holds = past !== null && performance.now() - past.beganAt < holdsMs;
      if (holds && past !== null && (past.lost || past.beganAt >= lookBeganAt)) return past.lost;
      if (running !== null && running.beganAt >= lookBeganAt) return running.isLost;
      return next();
    },
    isBlind: () => past?.lost ?? false,
    close: () => agent.destroy(),
  };
};
