import { isIP } from 'node:net';
import { Agent, request } from 'undici';
import { openRounds } from './rounds.ts';

const roundMs = 2_500;
const maxAnswerBytes = 64 * 1_024;

export type Sight = Readonly<{
  /**
   * Whether the probe reaches none of its control targets, for a look that began then (ms of `performance.now`) and failed
   * a moment ago. False at once when there are no targets. Takes at most a few seconds, never rejects.
   */
  isLost: (lookBeganAt: number) => Promise<boolean>;
  /** Whether its resolver finds none of the targets' names, for a look whose name wasn't found. False when none has one. */
  isDeaf: (lookBeganAt: number) => Promise<boolean>;
  /** What the last rounds said. */
  isBlind: () => boolean;
  close: () => Promise<void>;
}>;

/** Any answer, of whatever status, shows that the network is there. */
const reach = async (agent: Agent, url: string): Promise<void> => {
  const options = { dispatcher: agent, reset: true, signal: AbortSignal.timeout(roundMs) };
  const { body } = await request(url, options);
  body.dump().catch(() => undefined);
};

const namesOf = (urls: readonly string[]): readonly string[] => {
  const hosts = urls.map((url) => (URL.parse(url)?.hostname ?? '').replace(/^\[(.*)\]$/u, '$1'));
  return [...new Set(hosts.filter((host) => host !== '' && host !== 'localhost' && isIP(host) === 0))];
};

const none = (work: readonly Promise<unknown>[]): Promise<boolean> =>
  Promise.any(work).then(
    () => false,
    () => true,
  );
const soon = async (found: Promise<boolean>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, roundMs, false);
  });
  const there = await Promise.race([found, late]).finally(() => clearTimeout(timer));
  if (!there) throw new Error('not found in time');
};

/** `resolves`: whether the probe's own resolver finds a name; never rejects. */
export type Resolves = (host: string) => Promise<boolean>;

/** Asks control targets, when a look has failed, whether the probe sees anything at all; one round at a time. */
export const openSight = (urls: readonly string[], resolves: Resolves): Sight => {
  const agent = new Agent({ connect: { timeout: roundMs }, maxResponseSize: maxAnswerBytes });
  const names = namesOf(urls);
  const network = openRounds(() => none(urls.map((url) => reach(agent, url))));
  const resolver = openRounds(() => none(names.map((name) => soon(resolves(name)))));
  return {
    isLost: async (lookBeganAt) => urls.length > 0 && network.isLost(lookBeganAt),
    isDeaf: async (lookBeganAt) => names.length > 0 && resolver.isLost(lookBeganAt),
    isBlind: () => network.last() || resolver.last(),
    close: () => agent.destroy(),
  };
};
