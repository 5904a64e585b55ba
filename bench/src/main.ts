import { type Bench, report } from './report.ts';

/** Every bench there is, in the order in which `npm run bench` runs them. A new one is one line here. */
const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  start: () => import('./start.ts'),
  schedule: () => import('./schedule.ts'),
  ingest: () => import('./ingest.ts'),
  storage: () => import('./storage.ts'),
  alerts: () => import('./alerts.ts'),
  detection: () => import('./detection.ts'),
  'detection-mail': () => import('./detection-mail.ts'),
};

const runAll = async (wanted: readonly string[]): Promise<void> => {
  const unknown = wanted.filter((name) => !Object.hasOwn(benches, name));
  if (unknown.length > 0) {
    const known = Object.keys(benches).join(', ');
    console.error(`There is no bench named ${unknown.join(', ')}. There are: ${known}`);
    process.exitCode = 1;
    return;
  }
  for (const [name, load] of Object.entries(benches)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    process.stdout.write(`\nMeasuring ${name} …\n`);
    const file = await report(name, await (await load()).run(), new Date());
    process.stdout.write(`Written to ${file}\n`);
  }
};

await runAll(process.argv.slice(2));
