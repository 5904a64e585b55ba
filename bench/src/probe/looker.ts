import { type LookAnswer, look, parseDialRules } from '@farwatch/checker';
import type { Ask, Course, Looks, Many } from './looker-asks.ts';
import { type Saturation, type Spent, saturate } from './saturate.ts';

// A process of its own that looks as the probe does, and tells what it cost.
const rules = parseDialRules('127.0.0.0/8');
const asNew = {
  method: 'GET',
  timeoutMs: 10_000,
  maxRedirects: 10,
  expectedStatuses: '200-399',
  userAgent: 'Farwatch/0.1 (+https://farwatch.dev/probe)',
} as const;
const lookAt = (given: Looks): Promise<LookAnswer> => look({ ...asNew, ...given }, rules);

const batchSize = 500;
/** As on the way to the queue, results are written down together, without details that show nothing new. */
const saturated = async (saturation: Saturation): Promise<Spent> => {
  let batch: Omit<LookAnswer, 'details'>[] = [];
  return await saturate(saturation, async () => {
    const answer = await lookAt({ url: saturation.url });
    const { details: _details, ...kept } = answer;
    batch.push(kept);
    if (batch.length >= batchSize) {
      JSON.stringify({ results: batch });
      batch = [];
    }
    return answer.outcome.verdict === 'up';
  });
};

const mebibyte = 1_048_576;
/** What V8 and buffers hold; `gc` is there when the process was started with --expose-gc. */
const heldMiB = (): number => {
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / mebibyte;
};
const settled = (): number => {
  globalThis.gc?.();
  globalThis.gc?.();
  return heldMiB();
};

const looksOf = async ({ requests, concurrency }: Many): Promise<readonly string[]> => {
  const waiting = requests.values();
  const said: string[] = [];
  const lane = async (): Promise<void> => {
    for (const request of waiting) said.push(JSON.stringify((await lookAt(request)).outcome));
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return said;
};

/** Sampled every other millisecond, and whenever a look ends. */
const course = async (many: Many): Promise<Course> => {
  const heldBefore = settled();
  let mostHeld = heldBefore;
  const sample = (): void => {
    mostHeld = Math.max(mostHeld, heldMiB());
  };
  const timer = setInterval(sample, 2);
  const before = process.cpuUsage();
  const said = await looksOf(many);
  const { user, system } = process.cpuUsage(before);
  sample();
  clearInterval(timer);
  const kept = settled() - heldBefore;
  return { cpuMs: (user + system) / 1_000, mostHeldMiB: mostHeld - heldBefore, keptMiB: kept, said };
};

const answerTo = (ask: Ask): Promise<Spent | Course> => ('requests' in ask ? course(ask) : saturated(ask));

process.on('message', (ask: Ask) => {
  answerTo(ask).then(
    (told) => process.send?.(told),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
