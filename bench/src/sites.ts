import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export type Sites = AsyncDisposable &
  Readonly<{
    url: string;
    /** Turns the site at this path off or on; answers the moment it was, epoch ms. */
    turn: (path: string, isDown: boolean) => Promise<number>;
  }>;

type Turned = Readonly<{ path: string; at: number }>;

/** Sites that can be turned off one by one, in a process of their own. */
export const startSites = async (): Promise<Sites> => {
  const child = fork(fileURLToPath(new URL('./detection-site.ts', import.meta.url)));
  const [{ port }] = await once(child, 'message');
  const waiting = new Map<string, (at: number) => void>();
  child.on('message', ({ path, at }: Turned) => {
    waiting.get(path)?.(at);
    waiting.delete(path);
  });
  return {
    url: `http://127.0.0.1:${port}`,
    turn: (path, isDown) =>
      new Promise((resolve) => {
        waiting.set(path, resolve);
        child.send({ path, isDown });
      }),
    [Symbol.asyncDispose]: async () => {
      const exit = once(child, 'exit');
      child.disconnect();
      await exit;
    },
  };
};
