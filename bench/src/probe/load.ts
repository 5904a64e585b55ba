import { setTimeout as pause } from 'node:timers/promises';
import { cpuMsOf } from '../process-use.ts';
import type { Figure } from '../report.ts';
import { startBlackbox } from './blackbox.ts';
import { assignmentOf, startWatchedProbe } from './core.ts';
import { type Kuma, startKuma } from './kuma.ts';
import { startPrometheus } from './prometheus.ts';
import { type Site, startSite } from './site.ts';

/** Every monitor once an interval: 100 checks a second. */
const monitors = 3_000;
const intervalSeconds = 30;
const measuredSeconds = 40;
/** Each a look a second. Its looks begin up to a second after each other: the warm-up is long enough for these. */
const kumaMonitors = 25;

/** CPU of these processes and good looks, both since the start. */
type Measured = Readonly<{ name: string; pids: readonly number[]; looks: () => Promise<number> }>;

const kumaOrWhyNot = async (site: Site): Promise<Kuma | null> => {
  try {
    return await startKuma(site.https, kumaMonitors, site.caFile);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.stdout.write(`  Uptime Kuma could not be had here: ${why.slice(0, 500)}\n`);
    return null;
  }
};

const cpuOf = async (pids: readonly number[]): Promise<number> => {
  let sum = 0;
  for (const pid of pids) sum += await cpuMsOf(pid);
  return sum;
};

/** All at once, so that what else the machine does meets all alike; answers CPU per good look, µs, and looks a second. */
const measure = async (
  all: readonly Measured[],
): Promise<ReadonlyMap<string, Readonly<{ each: number; pace: number }>>> => {
  const read = () =>
    Promise.all(all.map(async ({ pids, looks }) => ({ cpuMs: await cpuOf(pids), looks: await looks() })));
  const before = await read();
  await pause(measuredSeconds * 1_000);
  const after = await read();
  return new Map(
    all.map(({ name }, i) => {
      const looks = (after[i]?.looks ?? 0) - (before[i]?.looks ?? 0);
      const cpuMs = (after[i]?.cpuMs ?? 0) - (before[i]?.cpuMs ?? 0);
      return [name, { each: (cpuMs * 1_000) / looks, pace: looks / measuredSeconds }];
    }),
  );
};

const [probeName, prometheusName, kumaName] = ['probe', 'blackbox and prometheus', 'Uptime Kuma'];

/** CPU per check of whole products at a moderate load. */
export const load = async (): Promise<readonly Figure[]> => {
  await using stack = new AsyncDisposableStack();
  const site = stack.use(await startSite());
  const urls = Array.from({ length: monitors }, (_, n) => `${site.https}?monitor=${n}`);
  const kuma = stack.use(await kumaOrWhyNot(site));
  const assignments = urls.map((url) => assignmentOf(url, intervalSeconds * 1_000));
  const probe = stack.use(await startWatchedProbe(assignments, { env: { NODE_EXTRA_CA_CERTS: site.caFile } }));
  const blackbox = stack.use(await startBlackbox(site.caFile));
  const prometheus = stack.use(await startPrometheus(urls, intervalSeconds, blackbox));
  const begun = performance.now();
  const sinceBegin = (): number => Math.ceil((performance.now() - begun) / 1_000);
  process.stdout.write(`  ${monitors} monitors every ${intervalSeconds} s, warming up …\n`);
  await pause((intervalSeconds + 3) * 1_000);
  const good = async (): Promise<number> => probe.told.filter(({ verdict }) => verdict === 'up').length;
  const spent = await measure([
    { name: probeName, pids: [probe.pid], looks: good },
    { name: prometheusName, pids: [blackbox.pid, prometheus.pid], looks: () => prometheus.goodLooks(sinceBegin()) },
    ...(kuma === null ? [] : [{ name: kumaName, pids: [kuma.pid], looks: async () => kuma.goodLooks() }]),
  ]);
  const eachOf = (name: string): number => spent.get(name)?.each ?? Number.NaN;
  return [
    ...[...spent].flatMap(([name, { each, pace }]) => [
      { name: `${name}: looks that found the site up`, value: pace, unit: 'checks/s' },
      { name: `${name}: CPU per check`, value: each, unit: 'µs' },
    ]),
    ...ratioFigure(eachOf(probeName) / eachOf(prometheusName), prometheusName, '≤ 0.7'),
    ...ratioFigure(eachOf(probeName) / eachOf(kumaName), kumaName, '≤ 0.25'),
  ];
};

const ratioFigure = (value: number, peer: string, wanted: string): readonly Figure[] =>
  Number.isNaN(value) ? [] : [{ name: `probe ÷ ${peer}`, value, unit: '×', wanted }];
