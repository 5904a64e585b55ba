import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';

export type ChildOptions = Readonly<{ uid?: number; gid?: number; cwd: string; env?: NodeJS.ProcessEnv }>;
export type Child = Readonly<{
  pid: number;
  /** Everything it wrote so far, its last 64 KiB. */
  output: () => string;
  running: () => boolean;
  /** Sends the signal and waits for the end; SIGKILL after 10 s. */
  stop: (signal?: NodeJS.Signals) => Promise<void>;
}>;

// A server must not outlive a test run that was killed: this waits for the end of its input, which comes with our end.
const watchdogScript = 'read -r _; kill -9 "$0" 2>/dev/null; if [ -n "$1" ]; then rm -rf "$1"; fi';

const ended = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

const endOf = async (child: ChildProcess, signal: NodeJS.Signals) => {
  if (ended(child)) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  const hard = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await exit;
  clearTimeout(hard);
};

/**
 * Starts a server process in a group of its own (Ctrl-C is ours to handle). It ends, and `litter` (a folder) is
 * removed, when this process dies in whatever way. Throws when the program does not exist.
 */
export const startChild = async (
  command: string,
  args: readonly string[],
  options: ChildOptions,
  litter = '',
): Promise<Child> => {
  const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-65_536);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  await once(child, 'spawn');
  const pid = child.pid ?? 0; // a spawned process has one
  const watchdog = spawn('sh', ['-c', watchdogScript, String(pid), litter], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watchdog.unref();
  if (watchdog.stdin instanceof Socket) watchdog.stdin.unref();
  return {
    pid,
    output: () => output,
    running: () => !ended(child),
    stop: async (signal = 'SIGTERM') => {
      watchdog.kill('SIGKILL'); // first, or it could hit a process that got this pid later
      await endOf(child, signal);
    },
  };
};
