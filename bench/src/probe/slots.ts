import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { cpuMsOf, residentMiB, watchMachine } from '../process-use.ts';
import type { Figure } from '../report.ts';
import { assignmentOf, startWatchedProbe } from './core.ts';
import { rank } from './ranks.ts';
import { startSite } from './site.ts';

const monitors = 5_000;
const intervalMs = 30_000;
const measuredMs = 60_000;
const promptMs = 250;

/** Many HTTPS monitors on one core: how late looks begin, and how large the probe grows. */
export const slots = async (): Promise<readonly Figure[]> => {
  await using stack = new AsyncDisposableStack();
  const site = stack.use(await startSite());
  const assignments = Array.from({ length: monitors }, (_, n) =>
    assignmentOf(`${site.https}?monitor=${n}`, intervalMs),
  );
  const options = { env: { NODE_EXTRA_CA_CERTS: site.caFile }, cpu: availableParallelism() - 1 };
  const probe = stack.use(await startWatchedProbe(assignments, options));
  process.stdout.write(`  ${monitors} monitors every ${intervalMs / 1_000} s on one core, warming up …\n`);
  await pause(intervalMs);
  const from = Date.now();
  const busySince = watchMachine();
  const cpuBefore = await cpuMsOf(probe.pid);
  await pause(measuredMs);
  const busy = busySince();
  const cpuShare = (100 * ((await cpuMsOf(probe.pid)) - cpuBefore)) / measuredMs;
  const until = from + measuredMs;
  await pause(3_000); // the last results arrive
  const due = probe.told.filter(({ scheduledAt }) => scheduledAt > from && scheduledAt <= until);
  const expected = (monitors * measuredMs) / intervalMs;
  const looked = due.filter(({ verdict }) => verdict !== 'missed');
  const prompt = looked.filter(({ lateMs }) => lateMs <= promptMs).length;
  const late = looked.map(({ lateMs }) => lateMs);
  const name = `${monitors} HTTPS monitors at 30 s on one core:`;
  return [
    { name: `${name} began within ${promptMs} ms`, value: (100 * prompt) / expected, unit: '%', wanted: '≥ 99.9' },
    { name: `${name} late, median`, value: rank(late, 0.5), unit: 'ms' },
    { name: `${name} late, p99`, value: rank(late, 0.99), unit: 'ms' },
    { name: `${name} late, p99.9`, value: rank(late, 0.999), unit: 'ms' },
    { name: `${name} not up`, value: expected - due.filter(({ verdict }) => verdict === 'up').length, unit: 'checks' },
    { name: `${name} CPU of the probe`, value: cpuShare, unit: '% of a core' },
    { name: `${name} machine busy`, value: busy, unit: '% of all cores' },
    { name: `${name} resident in the end`, value: await residentMiB(probe.pid), unit: 'MiB' },
    { name: `${name} resident, most`, value: await residentMiB(probe.pid, 'VmHWM'), unit: 'MiB', wanted: '≤ 250' },
  ];
};
