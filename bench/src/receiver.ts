import { type ChildProcess, fork } from 'node:child_process';
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

const endOf = async (child: ChildProcess): Promise<void> => {
  const exit = once(child, 'exit');
  child.disconnect();
  await exit;
};
const takeFrom = async (child: ChildProcess): Promise<readonly Receipt[]> => {
  const answer = once(child, 'message');
  child.send('take');
  const [{ receipts }] = await answer;
  return receipts;
};
const forkOf = (file: string): ChildProcess => fork(fileURLToPath(new URL(file, import.meta.url)));

/** The stand-in for all webhooks, in a process of its own. */
export const startReceiver = async (): Promise<Receiver> => {
  const child = forkOf('./alert-receiver.ts');
  const [{ port }] = await once(child, 'message');
  return {
    url: `http://127.0.0.1:${port}`,
    take: () => takeFrom(child),
    forget: async () => void (await takeFrom(child)),
    [Symbol.asyncDispose]: () => endOf(child),
  };
};

/** A mail server in a process of its own. `url` is `smtp://…`; `take` answers all that came so far. */
export const startMailReceiver = async (): Promise<Omit<Receiver, 'forget'>> => {
  const child = forkOf('./mail-receiver.ts');
  const [{ url }] = await once(child, 'message');
  return { url, take: () => takeFrom(child), [Symbol.asyncDispose]: () => endOf(child) };
};
