import { parentPort } from 'node:worker_threads';
import { RE2JS } from 're2js';

// Runs in the thread that `pattern.ts` starts: says that it is there, then answers each job.

export type PatternJob = Readonly<{ pattern: string; text: string }>;
export type PatternAnswer = Readonly<{ found: boolean }>;

parentPort?.on('message', ({ pattern, text }: PatternJob) => {
  parentPort?.postMessage({ found: RE2JS.compile(pattern).matcher(text).find() } satisfies PatternAnswer);
});
parentPort?.postMessage('ready');
