import { watch } from 'node:fs';
import { join } from 'node:path';
import type { Supervised } from './supervise.ts';

const watched = ['apps/api/src', 'apps/probe/src', 'packages', 'prisma/generated'];
const settleMs = 200;

/** For `npm run dev`: starts the apps again when a source changes. Answers the way to end it. */
export const restartOnChange = (
  root: string,
  apps: readonly Supervised[],
  say: (line: string) => void,
): (() => void) => {
  let timer: NodeJS.Timeout | undefined;
  const restart = async (changed: string): Promise<void> => {
    say(`${changed} changed: starting worker, api and probe again`);
    await Promise.all(apps.map((app) => app.restart()));
  };
  const watchers = watched.map((folder) =>
    watch(join(root, folder), { recursive: true }, (_, name) => {
      if (name === null || !name.endsWith('.ts') || name.endsWith('.test.ts') || name.includes('node_modules')) return;
      clearTimeout(timer);
      timer = setTimeout(() => void restart(join(folder, name)), settleMs);
    }),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
};
