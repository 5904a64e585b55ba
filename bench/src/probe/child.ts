import { type ForkOptions, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export type AskedChild<Question extends object, Answer> = AsyncDisposable &
  Readonly<{ pid: number; ask: (question: Question) => Promise<Answer> }>;

/** A file of this folder as a process that says when it is ready, and answers one message with one. */
export const startAsked = async <Question extends object, Answer>(
  file: string,
  options: ForkOptions = {},
): Promise<AskedChild<Question, Answer>> => {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), options);
  const gone = once(child, 'exit').then(([code]): never => {
    throw new Error(`${file} ended (${code})`);
  });
  gone.catch(() => undefined); // whoever waits for an answer hears of it
  await Promise.race([once(child, 'message'), gone]);
  return {
    pid: child.pid ?? 0, // it is ready, so it has one
    ask: async (question) => {
      const answer = once(child, 'message');
      child.send(question);
      const [told] = await Promise.race([answer, gone]);
      return told as Answer; // our own file's answer
    },
    [Symbol.asyncDispose]: async () => {
      if (child.connected) child.disconnect();
      await gone.catch(() => undefined);
    },
  };
};
