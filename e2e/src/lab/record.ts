import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scenarios } from './all.ts';
import { runAll } from './run.ts';

/** Runs all scenarios and keeps each as a file: `node e2e/src/lab/record.ts FOLDER [WORD IN ITS NAME]`. */
const [folder = '/tmp/farwatch-cases', word = ''] = process.argv.slice(2);
if (word === '') await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const ran = await runAll(
  scenarios.filter(({ id }) => id.includes(word)),
  4,
  ({ id }) => process.stderr.write(`${id}\n`),
);
for (const each of ran) await writeFile(join(folder, `${each.id}.json`), JSON.stringify(each, null, 1));
process.stdout.write(`${ran.length} of ${scenarios.length} scenarios are in ${folder}\n`);
process.exit(0);
