import { parseArgs } from 'node:util';
import { redisAvailable } from '@farwatch/testkit';
import type { Span } from './killing.ts';
import { runChaos } from './run.ts';

// npm run chaos [-- KILLS | --minutes M] [--seed N] [--queue redis|postgres] [--logs FOLDER]: kills one part of the house after the other while it watches and alerts.

const text = { type: 'string' } as const;
const { values, positionals } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== '--'),
  options: { minutes: text, seed: text, queue: text, logs: text },
  allowPositionals: true,
});
const queue = values.queue ?? (redisAvailable ? 'redis' : 'postgres');
if (queue !== 'redis' && queue !== 'postgres') throw new Error('--queue is redis or postgres');

const numberOf = (name: string, given: string): number => {
  const value = Number(given);
  if (!(value > 0)) throw new Error(`${name} is a number above 0, not “${given}”`);
  return value;
};
const spanOf = (): Span => {
  if (values.minutes === undefined) return { kills: numberOf('KILLS', positionals[0] ?? '100') };
  if (positionals.length > 0) throw new Error('either a number of kills or --minutes');
  return { minutes: numberOf('--minutes', values.minutes) };
};

const begunAt = Date.now();
const tell = (line: string): void => {
  const seconds = ((Date.now() - begunAt) / 1_000).toFixed(1).padStart(7);
  process.stdout.write(`  ${seconds} s  ${line}\n`);
};

const { counts, broken } = await runChaos({
  ...{ span: spanOf(), queue, tell, folder: values.logs },
  seed: values.seed === undefined ? Date.now() % 1_000_000 : numberOf('--seed', values.seed),
  size: { organisations: 8, monitorsEach: 40, flapping: 6 },
  sites: 60,
  incidentEveryMs: 2_000,
  betweenMs: [3_000, 10_000],
  settleMs: 10 * 60_000,
});
const width = Math.max(...Object.keys(counts).map((name) => name.length));
for (const [name, count] of Object.entries(counts)) process.stdout.write(`${name.padEnd(width)}  ${count}\n`);
for (const line of broken) process.stdout.write(`BROKEN  ${line}\n`);
process.stdout.write(
  broken.length === 0 ? 'Nothing lost, nothing doubled, nothing out of order.\n' : `${broken.length} faults.\n`,
);
process.exitCode = broken.length === 0 ? 0 : 1;
