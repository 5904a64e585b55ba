import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { arch, cpus, platform, release, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';

/**
 * One measured thing. `unit` is written out ("ms", "results/s", "bytes"); a peer measured beside it is a figure too.
 * `wanted`: "≤ 1.25".
 */
export type Figure = Readonly<{ name: string; value: number; unit: string; wanted?: string }>;

/** What a file in this folder exports: its name is the word after `npm run bench --`. */
export type Bench = Readonly<{
  name: string;
  /** What may be measured alone. */
  parts?: readonly string[];
  run: (parts: readonly string[]) => Promise<readonly Figure[]>;
}>;

/** What `bench/results/NAME.json` holds. `when` is ISO 8601. */
export type Report = Readonly<{
  name: string;
  when: string;
  machine: Readonly<{ cpu: string; cores: number; memoryGiB: number; system: string }>;
  versions: Readonly<Record<string, string>>;
  figures: readonly Figure[];
}>;

const resultsDir = fileURLToPath(new URL('../results/', import.meta.url));

const readable = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });

/** A plain two-column table, as wide as its longest row. */
export const table = (title: string, figures: readonly Figure[]): string => {
  const rows = figures.map(({ name, value, unit, wanted }) => ({
    ...{ name, value: readable.format(value) },
    unit: wanted === undefined ? unit : `${unit} (wanted ${wanted})`,
  }));
  const nameWidth = Math.max(0, ...rows.map((row) => row.name.length));
  const valueWidth = Math.max(0, ...rows.map((row) => row.value.length));
  const lines = rows.map((row) => `  ${row.name.padEnd(nameWidth)}  ${row.value.padStart(valueWidth)} ${row.unit}`);
  return [title, ...lines, ''].join('\n');
};

const farwatchVersion = async (): Promise<string> => {
  const manifest: unknown = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
  const { version } = manifest as { version: string }; // our own package.json
  return version;
};

/** Prints the table and writes `bench/results/NAME.json`; answers the file's path. */
export const report = async (name: string, figures: readonly Figure[], now: Date): Promise<string> => {
  const body: Report = {
    name,
    when: now.toISOString(),
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      system: `${platform()} ${release()} ${arch()}`,
    },
    versions: { farwatch: await farwatchVersion(), node: process.versions.node },
    figures,
  };
  const file = `${resultsDir}${name}.json`;
  await mkdir(resultsDir, { recursive: true });
  await writeFile(file, `${JSON.stringify(body, null, 2)}\n`);
  process.stdout.write(`\n${table(name, figures)}`);
  return file;
};
