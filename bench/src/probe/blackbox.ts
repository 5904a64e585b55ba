import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startChild, waitUntil } from '@farwatch/testkit';
import { program } from './program.ts';

export type Blackbox = AsyncDisposable &
  Readonly<{
    pid: number;
    /** `127.0.0.1:PORT` */
    address: string;
    /** The name of the module that asks a site as a monitor does. */
    module: string;
    /** Has it look once; true when it found the site well. */
    probe: (target: string) => Promise<boolean>;
  }>;

const configuration = (caFile: string): string => `
modules:
  site:
    prober: http
    timeout: 10s
    http:
      preferred_ip_protocol: ip4
      tls_config: { ca_file: ${caFile} }
`;

/** Debian's prometheus-blackbox-exporter, as it comes but for who signs certificates here. */
export const startBlackbox = async (caFile: string): Promise<Blackbox> => {
  const path = program('prometheus-blackbox-exporter', 'prometheus-blackbox-exporter');
  const folder = await mkdtemp(join(tmpdir(), 'farwatch-bench-blackbox-'));
  const file = join(folder, 'blackbox.yml');
  await writeFile(file, configuration(caFile));
  const address = `127.0.0.1:${await freePort()}`;
  const args = [`--config.file=${file}`, `--web.listen-address=${address}`, '--log.level=error'];
  const child = await startChild(path, args, { cwd: folder }, folder);
  const isUp = async (): Promise<boolean> => (await fetch(`http://${address}/-/healthy`)).ok;
  await waitUntil(() => !child.running() || isUp(), 10_000, 'blackbox');
  if (!child.running()) throw new Error(`blackbox ended at once: ${child.output()}`);
  return {
    ...{ pid: child.pid, address, module: 'site' },
    probe: async (target) => {
      const url = `http://${address}/probe?module=site&target=${encodeURIComponent(target)}`;
      const answer = await fetch(url, { headers: { 'accept-encoding': 'identity' } }); // gzip would cost it more
      return /^probe_success 1$/mu.test(await answer.text());
    },
    [Symbol.asyncDispose]: async () => {
      await child.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
