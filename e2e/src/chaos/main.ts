import { parseArgs } from 'node:util';
import { redisAvailable } from '@farwatch/testkit';
import { runChaos } from './run.ts';

// npm run chaos [-- KILLS] [--seed N] [--queue redis|postgres] [--logs FOLDER]: kills one part of the house after the other while it alerts.

const { values, positionals } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== '--'),
  options: { seed: { type: 'string' }, queue: { type: 'string' }, logs: { type: 'string' } },
  allowPositionals: true,
});
const queue = values.queue ?? (redisAvailable ? 'redis' : 'postgres');
if (queue !== 'redis' && queue !== 'postgres') throw new Error('--queue is redis or postgres');
const begunAt = Date.now();
const tell = (line: string): void => {
  const seconds = ((Date.now() - begunAt) / 1_000).toFixed(1).padStart(7);
  process.stdout.write(`  ${seconds} s  ${line}\n`);
};

const { counts, broken } = await runChaos({
  kills: Number(positionals[0] ?? 100),
  queue,
  seed: Number(values.seed ?? Date.now() % 1_000_000),
  size: { organisations: 8, monitorsEach: 40, flapping: 6 },
  incidentEveryMs: 2_000,
  betweenMs: [3_000, 10_000],
  settleMs: 10 * 60_000,
  tell,
  folder: values.logs,
});
const width = Math.max(...Object.keys(counts).map((name) => name.length));
for (const [name, count] of Object.entries(counts)) process.stdout.write(`${name.padEnd(width)}  ${count}\n`);
for (const line of broken) process.stdout.write(`BROKEN  ${line}\n`);
process.stdout.write(broken.length === 0 ? 'Nothing lost, nothing out of order.\n' : `${broken.length} faults.\n`);
process.exitCode = broken.length === 0 ? 0 : 1;
