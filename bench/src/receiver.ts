import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Receipt } from './alert-receiver.ts';

export type Receiver = AsyncDisposable &
  Readonly<{
    url: string;
    /** What came since it was asked last. */
    take: () => Promise<readonly Receipt[]>;
    forget: () => Promise<void>;
  }>;

/** The stand-in for all receivers, in a process of its own. */
export const startReceiver = async (): Promise<Receiver> => {
  const child = fork(fileURLToPath(new URL('./alert-receiver.ts', import.meta.url)));
  const [{ port }] = await once(child, 'message');
  const take = async (): Promise<readonly Receipt[]> => {
    const answer = once(child, 'message');
    child.send('take');
    const [{ receipts }] = await answer;
    return receipts;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    take,
    forget: async () => void (await take()),
    [Symbol.asyncDispose]: async () => {
      const exit = once(child, 'exit');
      child.disconnect();
      await exit;
    },
  };
};
