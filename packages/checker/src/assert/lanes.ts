import { type NoAnswer, openThread, type Turn } from './thread.ts';

/** Whose work it is, what of theirs (so that it is known again), and until when anybody waits, on `performance.now`. */
export type Work = Readonly<{ owner: string; name: string; until: number }>;

const shared = { startMs: 10_000, waitMs: 5_000, maxWaiting: 500 };
/** Nearly all work takes less on a whole mebibyte. */
const quickMs = 250;
const slowMs = 1_500;
const maxKnown = 1_000;
const knownForMs = 600_000;

/**
 * Two threads, so that slow work holds up slow work alone: what takes long is ended on the quick one, begun again on the
 * slow one, and goes there at once for the next ten minutes, or until it is quick again.
 */
export const openLanes = <Job, Answer>(entry: URL): ((job: Job, work: Work) => Promise<Answer | NoAnswer>) => {
  const quick = openThread<Job, Answer>(entry, { ...shared, workMs: quickMs });
  const slow = openThread<Job, Answer>(entry, { ...shared, workMs: slowMs });
  const slowAt = new Map<string, number>();
  const isSlow = (key: string): boolean => performance.now() - (slowAt.get(key) ?? -knownForMs) < knownForMs;
  const remember = (key: string): void => {
    slowAt.delete(key); // the newest last
    slowAt.set(key, performance.now());
    if (slowAt.size > maxKnown) for (const oldest of slowAt.keys().take(1)) slowAt.delete(oldest);
  };
  const onTrial = new Map<string, Promise<unknown>>();
  /** One at a time of the same, so that what is slow is found out once. */
  const attempt = async (key: string, job: Job, turn: Turn): Promise<Answer | NoAnswer | null> => {
    while (!isSlow(key) && onTrial.has(key)) await onTrial.get(key);
    if (isSlow(key)) return null;
    const trial = quick(job, turn).finally(() => onTrial.delete(key));
    onTrial.set(key, trial);
    const answer = await trial;
    if (answer === 'late' || answer === 'dead') remember(key);
    return answer;
  };
  return async (job, { owner, name, until }) => {
    const [key, turn] = [`${owner} ${name}`, { owner, until }];
    const soon = await attempt(key, job, turn);
    if (soon !== null && soon !== 'late') return soon;
    const began = performance.now();
    const answer = await slow(job, turn);
    if (typeof answer !== 'string' && performance.now() - began < quickMs) slowAt.delete(key);
    return answer;
  };
};
