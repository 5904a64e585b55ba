import { drainTimeoutMs } from '@farwatch/queue';
import { type Config, ConfigError, parseConfig } from './config.ts';
import { type Deps, openDeps } from './deps.ts';

/** Starts a process's work on connected deps; answers what ends it, deps included. */
export type Start = (deps: Deps) => Promise<() => Promise<void>>;

/** A process that has not drained by then ends anyway: after its consumers' `drainTimeoutMs`, and a little to close the rest. */
const lastWordMs = drainTimeoutMs + 5_000;

const fail = (name: string, error: unknown): never => {
  const line = error instanceof ConfigError ? error.message : error;
  console.error(`farwatch ${name}:`, line);
  process.exit(1);
};

const connect = async (config: Config): Promise<Deps> => {
  const deps = openDeps(config);
  await deps.ping.database();
  await deps.ping.queue().catch((error: unknown) => {
    throw new ConfigError(error instanceof Error ? error.message : String(error)); // one line that names the setting, by its contract
  });
  return deps;
};

/** Ends on a signal, and when the parent that started it is gone, whatever it died of. */
const endWith = (deps: Deps, stop: () => Promise<void>): void => {
  let ending = false;
  const end = (why: string): void => {
    if (ending) return;
    ending = true;
    deps.log.info({ why }, 'draining');
    setTimeout(() => process.exit(1), lastWordMs).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        deps.log.error({ err: error }, 'could not end cleanly');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', () => end('SIGTERM'));
  process.once('SIGINT', () => end('SIGINT'));
  process.once('disconnect', () => end('the parent is gone'));
};

/** Runs an entry: settings, connections, `start`, `ready`. A setting that can't be used is one line and exit 1. */
export const runEntry = async (name: string, start: Start): Promise<void> => {
  try {
    const deps = await connect(parseConfig(process.env));
    endWith(deps, await start(deps));
    process.send?.('ready');
  } catch (error) {
    fail(name, error);
  }
};
