import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The process of one app of a running `npm start`, by its entry (`api/src/server.ts`); by Linux's /proc. */
export const appPid = async (dataDir: string, entry: string): Promise<number> => {
  const { pid } = JSON.parse(await readFile(join(dataDir, 'run.json'), 'utf8')) as { pid: number }; // written by apps/local
  for (const task of await readdir(`/proc/${pid}/task`)) {
    const children = (await readFile(`/proc/${pid}/task/${task}/children`, 'utf8')).split(' ').filter(Boolean);
    for (const child of children)
      if ((await readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '')).includes(entry)) return Number(child);
  }
  throw new Error(`${entry} does not run under ${pid}`);
};
