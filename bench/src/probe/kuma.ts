import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Child, freePort, startChild, waitUntil } from '@farwatch/testkit';
import { kumaPackage } from './kuma-package.ts';

export type Kuma = AsyncDisposable &
  Readonly<{
    pid: number;
    /** Looks that found their site well, since its start. */
    goodLooks: () => number;
  }>;

/** One statement, or several, on its database. */
const onDatabase = <T>(file: string, act: (database: DatabaseSync) => T): T => {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  try {
    return act(database);
  } finally {
    database.close();
  }
};

const insertMonitors = (database: DatabaseSync, url: string, monitors: number): void => {
  database.exec("INSERT INTO user (username, password, active) VALUES ('bench', 'none', 1)");
  const insert = database.prepare(
    "INSERT INTO monitor (name, user_id, interval, retry_interval, url, type) VALUES (?, 1, 1, 1, ?, 'http')",
  );
  for (let n = 0; n < monitors; n++) insert.run(`Site ${n}`, url);
};

const start = async (home: string, dataDir: string, caFile: string): Promise<Child> => {
  const port = await freePort();
  const env = { ...process.env, DATA_DIR: `${dataDir}/`, UPTIME_KUMA_DB_TYPE: 'sqlite', NODE_EXTRA_CA_CERTS: caFile };
  const args = ['server/server.js', '--host=127.0.0.1', `--port=${port}`];
  const child = await startChild(process.execPath, args, { cwd: home, env }, dataDir);
  const isUp = async (): Promise<boolean> => (await fetch(`http://127.0.0.1:${port}/`)).status < 500;
  await waitUntil(() => !child.running() || isUp(), 30_000, 'Uptime Kuma');
  if (!child.running()) throw new Error(`Uptime Kuma ended at once: ${child.output().slice(-500)}`);
  return child;
};

/** Uptime Kuma with so many monitors of this URL, each looked at every second; they begin one after the other. */
export const startKuma = async (url: string, monitors: number, caFile: string): Promise<Kuma> => {
  const home = await kumaPackage();
  const dataDir = await mkdtemp(join(tmpdir(), 'farwatch-bench-kuma-'));
  const file = join(dataDir, 'kuma.db');
  await cp(join(home, 'db/kuma.db'), file);
  const stayHome = "INSERT INTO setting (key, value) VALUES ('checkUpdate', 'false')"; // it asks its makers otherwise
  onDatabase(file, (database) => database.exec(stayHome));
  const first = await start(home, dataDir, caFile); // brings the tables up to date
  await first.stop();
  onDatabase(file, (database) => insertMonitors(database, url, monitors));
  const child = await start(home, dataDir, caFile);
  return {
    pid: child.pid,
    goodLooks: () =>
      onDatabase(file, (database) => {
        const row = database.prepare('SELECT count(*) AS n FROM heartbeat WHERE status = 1').get();
        return Number(row?.n ?? 0);
      }),
    [Symbol.asyncDispose]: async () => {
      await child.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
