import { parentPort } from 'node:worker_threads';
import { RE2JS } from 're2js';
import { type Found, readValue } from './json-value.ts';

// Runs in the threads that `text-work.ts` starts: says that it is there, then answers each job.

/** What a user wrote, and the text of the page that it is about. */
export type TextJob =
  | Readonly<{ kind: 'pattern'; pattern: string; text: string }>
  | Readonly<{ kind: 'path'; path: string; text: string }>;
export type TextAnswer = Readonly<{ kind: 'pattern'; found: boolean }> | Readonly<{ kind: 'path'; found: Found }>;

const answerTo = (job: TextJob): TextAnswer => {
  switch (job.kind) {
    case 'pattern':
      return { kind: job.kind, found: RE2JS.compile(job.pattern).matcher(job.text).find() };
    case 'path':
      return { kind: job.kind, found: readValue(job.path, job.text) };
  }
};
parentPort?.on('message', (job: TextJob) => parentPort?.postMessage(answerTo(job)));
parentPort?.postMessage('ready');
