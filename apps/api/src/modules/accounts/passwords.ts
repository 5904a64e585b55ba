import { hash, verify } from '@node-rs/argon2';

/** RFC 9106's second choice: 64 MiB, three passes, one lane. Argon2id is the library's default. */
const cost = { memoryCost: 65_536, timeCost: 3, parallelism: 1 } as const;

/** Runs at most `limit` pieces of work at once; the rest wait in order, at most `maxWaiting` of them. */
export const bounded = (limit: number, maxWaiting: number, tooMany: () => Error) => {
  let running = 0;
  const waiting: (() => void)[] = [];
  const leave = () => {
    running -= 1;
    waiting.shift()?.();
  };
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= limit) {
      if (waiting.length >= maxWaiting) throw tooMany();
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    running += 1;
    try {
      return await work();
    } finally {
      leave();
    }
  };
};

export type Passwords = Readonly<{
  hash: (password: string) => Promise<string>;
  verify: (input: Readonly<{ hash: string; password: string }>) => Promise<boolean>;
}>;

/** Argon2id, a few at once: each takes 64 MiB, so a flood of sign-ins must queue and not eat the machine. */
export const openPasswords = (tooMany: () => Error): Passwords => {
  const inTurn = bounded(4, 200, tooMany);
  return {
    hash: (password) => inTurn(() => hash(password, cost)),
    verify: ({ hash: known, password }) => inTurn(() => verify(known, password)),
  };
};
