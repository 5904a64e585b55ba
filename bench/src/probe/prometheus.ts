import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startChild, waitUntil } from '@farwatch/testkit';
import type { Blackbox } from './blackbox.ts';
import { program } from './program.ts';

export type Prometheus = AsyncDisposable &
  Readonly<{
    pid: number;
    /** How many looks found their site well in so many seconds up to now. */
    goodLooks: (seconds: number) => Promise<number>;
  }>;

/** As blackbox's own documentation has it; JSON is YAML. */
const configuration = (targets: readonly string[], seconds: number, { address, module }: Blackbox): string =>
  JSON.stringify({
    global: { scrape_interval: `${seconds}s`, scrape_timeout: '10s' },
    scrape_configs: [
      {
        ...{ job_name: 'sites', metrics_path: '/probe', params: { module: [module] } },
        static_configs: [{ targets }],
        relabel_configs: [
          { source_labels: ['__address__'], target_label: '__param_target' },
          { source_labels: ['__param_target'], target_label: 'instance' },
          { target_label: '__address__', replacement: address },
        ],
      },
    ],
  });

type Answer = Readonly<{ data: Readonly<{ result: readonly Readonly<{ value: readonly [number, string] }>[] }> }>;

/** Debian's prometheus, which has blackbox look at each target every so many seconds. */
export const startPrometheus = async (
  targets: readonly string[],
  seconds: number,
  blackbox: Blackbox,
): Promise<Prometheus> => {
  const path = program('prometheus', 'prometheus');
  const folder = await mkdtemp(join(tmpdir(), 'farwatch-bench-prometheus-'));
  const file = join(folder, 'prometheus.yml');
  await writeFile(file, configuration(targets, seconds, blackbox));
  const address = `127.0.0.1:${await freePort()}`;
  const args = [`--config.file=${file}`, `--storage.tsdb.path=${folder}/data`, `--web.listen-address=${address}`];
  const child = await startChild(path, [...args, '--log.level=error'], { cwd: folder }, folder);
  const isUp = async (): Promise<boolean> => (await fetch(`http://${address}/-/ready`)).ok;
  await waitUntil(() => !child.running() || isUp(), 20_000, 'prometheus');
  if (!child.running()) throw new Error(`prometheus ended at once: ${child.output()}`);
  return {
    pid: child.pid,
    goodLooks: async (since) => {
      const query = encodeURIComponent(`sum(sum_over_time(probe_success[${since}s]))`);
      const answer = await fetch(`http://${address}/api/v1/query?query=${query}`);
      const { data } = (await answer.json()) as Answer; // Prometheus's HTTP API
      return Number(data.result[0]?.value[1] ?? 0);
    },
    [Symbol.asyncDispose]: async () => {
      await child.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
