import { setTimeout as pause } from 'node:timers/promises';
import { startTarget } from '@farwatch/testkit';
import { residentMiB } from '../process-use.ts';
import type { Figure } from '../report.ts';
import { assignmentOf, startWatchedProbe } from './core.ts';

const monitors = 1_500;
const intervalMs = 10_000;
/** 100 places and two seconds a look: 50 looks a second of the 150 that come due. */
const places = 100;
const answerMs = 2_000;
const measuredMs = 60_000;

/** Three times as many looks due as can be made: what is not looked at is told of, and memory does not grow. */
export const overload = async (): Promise<readonly Figure[]> => {
  await using stack = new AsyncDisposableStack();
  const site = stack.use(await startTarget((_, response) => void setTimeout(() => response.end('late'), answerMs)));
  const assignments = Array.from({ length: monitors }, (_, n) => assignmentOf(`${site.url}/${n}`, intervalMs));
  const probe = stack.use(await startWatchedProbe(assignments, { env: { FARWATCH_CONCURRENCY: String(places) } }));
  await pause(3 * intervalMs); // what waits at the most waits by then
  const before = await residentMiB(probe.pid);
  const from = Date.now();
  await pause(measuredMs);
  const after = await residentMiB(probe.pid);
  await pause(intervalMs + 2 * answerMs); // what came due last is looked at, or missed
  const due = new Set<string>();
  let missed = 0;
  for (const { monitorId, scheduledAt, verdict } of probe.told) {
    if (scheduledAt <= from || scheduledAt > from + measuredMs) continue;
    due.add(`${monitorId} ${scheduledAt}`);
    missed += verdict === 'missed' ? 1 : 0;
  }
  const expected = (monitors * measuredMs) / intervalMs;
  const name = 'three times as many looks due as can be made:';
  return [
    { name: `${name} missed for overload, and told`, value: (100 * missed) / expected, unit: '%' },
    { name: `${name} due and not told of`, value: expected - due.size, unit: 'checks', wanted: '0' },
    { name: `${name} resident, growth in a minute`, value: after - before, unit: 'MiB' },
  ];
};
