import { type Bench, report } from './report.ts';
import { type Wanted, wantedOf } from './wanted.ts';

/** Every bench there is, in the order in which `npm run bench` runs them. A new one is one line here. */
const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  start: () => import('./start.ts'),
  schedule: () => import('./schedule.ts'),
  ingest: () => import('./ingest.ts'),
  storage: () => import('./storage.ts'),
  alerts: () => import('./alerts.ts'),
  probe: () => import('./probe/probe.ts'),
  streams: () => import('./streams.ts'),
  diagnosis: () => import('./diagnosis/diagnosis.ts'),
  lighthouse: () => import('./dashboard/lighthouse.ts'),
  detection: () => import('./detection.ts'),
  'log-scroll': () => import('./log-scroll.ts'),
  'chart-redraw': () => import('./dashboard/chart-redraw.ts'),
  'monitor-table': () => import('./dashboard/monitor-table.ts'),
  'detection-mail': () => import('./detection-mail.ts'),
};

const refuse = (words: readonly string[], what: string, known: readonly string[]): void => {
  console.error(`There is no ${what} named ${words.join(', ')}. There are: ${known.join(', ')}`);
  process.exitCode = 1;
};

/** Figures of some parts alone have a file of their own: beside the whole they would look as old as it. */
const runOne = async ({ name, parts: wanted }: Wanted, bench: Bench): Promise<void> => {
  const { parts = [] } = bench;
  const unknown = wanted.filter((part) => !parts.includes(part));
  if (unknown.length > 0) return refuse(unknown, `part of ${name}`, parts);
  const title = [name, ...wanted].join('-');
  process.stdout.write(`\nMeasuring ${title} …\n`);
  const file = await report(title, await bench.run(wanted.length > 0 ? wanted : parts), new Date());
  process.stdout.write(`Written to ${file}\n`);
};

const runAll = async (words: readonly string[]): Promise<void> => {
  const names = Object.keys(benches);
  const wanted = wantedOf(words.length > 0 ? words : names, names);
  const unknown = wanted.filter(({ name }) => !names.includes(name));
  if (unknown.length > 0)
    return refuse(
      unknown.map(({ name }) => name),
      'bench',
      names,
    );
  for (const [name, load] of Object.entries(benches))
    for (const one of wanted) if (one.name === name) await runOne(one, await load());
};

await runAll(process.argv.slice(2));
