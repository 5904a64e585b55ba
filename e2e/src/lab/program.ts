import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { programOnPath, startChild, waitUntil } from '@farwatch/testkit';

/** A program that is running in a folder of its own. */
export type Program = AsyncDisposable & Readonly<{ port: number; folder: string; log: () => Promise<string> }>;

export type ProgramPlan = Readonly<{
  /** Names under which it may be installed. */
  names: readonly string[];
  port: number;
  /** By path within its folder. */
  files: Readonly<Record<string, string>>;
  folders?: readonly string[];
  args: (folder: string) => readonly string[];
  env?: Readonly<Record<string, string>>;
  /** Within its folder; none = what it writes to its output. */
  logFile?: string;
  /** Where something must listen before it counts as started; default its port. */
  waitFor?: string;
}>;

export const isInstalled = (...names: readonly string[]): boolean => programOnPath(...names) !== null;

const accepts = (to: number | string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = typeof to === 'number' ? connect(to, '127.0.0.1') : connect(to);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

/** `FOLDER` in a file or argument becomes the program's folder. */
const placed = (text: string, folder: string): string => text.replaceAll('FOLDER', folder);

/** Starts a program with its files in a fresh folder, and waits until it listens. */
export const startProgram = async (plan: ProgramPlan): Promise<Program> => {
  const program = programOnPath(...plan.names);
  if (program === null) throw new Error(`${plan.names.join(', ')} is not installed`);
  const folder = await mkdtemp(join(tmpdir(), 'farwatch-lab-'));
  await chmod(folder, 0o777); // some of them leave root's rights behind
  for (const name of plan.folders ?? []) {
    await mkdir(join(folder, name), { recursive: true });
    await chmod(join(folder, name), 0o777);
  }
  for (const [name, text] of Object.entries(plan.files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), placed(text, folder));
  }
  const args = plan.args(folder).map((each) => placed(each, folder));
  const child = await startChild(program, args, { cwd: folder, env: { ...process.env, ...plan.env } }, folder);
  const to = plan.waitFor === undefined ? plan.port : join(folder, plan.waitFor);
  await waitUntil(
    async () => {
      if (await accepts(to)) return true;
      if (!child.running()) throw new Error(`${program} ended: ${child.output().slice(-1_500)}`);
      return false;
    },
    15_000,
    program,
  ).catch(async (error: unknown) => {
    await child.stop('SIGKILL');
    throw error;
  });
  const { logFile } = plan;
  return {
    ...{ port: plan.port, folder },
    log: async () => (logFile === undefined ? child.output() : readFile(join(folder, logFile), 'utf8').catch(() => '')),
    [Symbol.asyncDispose]: async () => {
      await child.stop('SIGKILL');
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    },
  };
};
