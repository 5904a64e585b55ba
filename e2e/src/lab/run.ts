import { type LookRequest, look, parseDialRules } from '@farwatch/checker';
import { type Case, seenLook } from '@farwatch/diagnosis';
import { scenarios } from './all.ts';
import { isInstalled } from './program.ts';
import type { Scenario, Truth } from './scenario.ts';

/** What a scenario came to: all that an outside check saw of it, what the gateway wrote down, and what is true. */
export type Ran = Readonly<{
  id: string;
  seen: Case;
  logText: string;
  startedAt: number;
  truth: Truth;
  isOpen: boolean;
}>;

const rules = parseDialRules('127.0.0.0/8');
const request = {
  ...{
    method: 'GET' as const,
    timeoutMs: 8_000,
    maxRedirects: 5,
    expectedStatuses: '200-399',
    userAgent: 'Farwatch-lab',
  },
  keepsEvidence: 'always',
} as const;
/** Some write their log a moment later. */
const logWaitMs = 150;

/** Sets a scenario up, looks at it once as a probe does, and takes it down. */
export const runScenario = async ({ id, stage, truth, isOpen = false }: Scenario): Promise<Ran> => {
  await using staged = await stage();
  const { url } = staged;
  const asked: LookRequest = { url, ...request, ...staged.request };
  const answer = await look(asked, rules);
  await new Promise((resolve) => setTimeout(resolve, logWaitMs));
  const logText = (await staged.log?.()) ?? '';
  const ref = { region: 'lab', family: 'any' as const, at: answer.startedAt };
  const seen: Case = {
    ...{ host: new URL(url).hostname, others: [], before: null, log: null, downForMs: null },
    look: seenLook(answer, { ref, url, method: asked.method }),
  };
  return { id, seen, logText, startedAt: answer.startedAt, truth, isOpen };
};

/** No scenario takes half of this. */
const mostMs = 30_000;
const within = <T>(ms: number, work: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not done after ${ms} ms`)), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });

export const canRun = ({ needs }: Scenario): boolean => needs.every((names) => isInstalled(...names));

/** Runs what this machine can run, some at a time. */
export const runAll = async (
  some: readonly Scenario[] = scenarios,
  atOnce = 4,
  onRan: (ran: Ran) => void = () => undefined,
): Promise<readonly Ran[]> => {
  const waiting = some.filter(canRun);
  const done: Ran[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { id } = next;
      const ran = await within(mostMs, runScenario(next)).catch((error: unknown) => {
        throw new Error(`scenario ${id}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      });
      done.push(ran);
      onRan(ran);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const order = new Map(some.map(({ id }, n) => [id, n]));
  return done.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
};
