import { parentPort } from 'node:worker_threads';
import { liquidJson } from './liquid-json.ts';

// Runs in the thread that `template-thread.ts` starts: says that it is there, then answers each job.

export type TemplateJob = Readonly<{ template: string; scope: object }>;

liquidJson('{"a": "{% for b in a %}{{ b | upcase }}{% endfor %}"}', { a: ['b'] }); // the first one takes longest

parentPort?.on('message', ({ template, scope }: TemplateJob) => {
  parentPort?.postMessage(liquidJson(template, scope));
});
parentPort?.postMessage('ready');
