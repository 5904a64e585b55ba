import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

export type Ran = Readonly<{ code: number; out: string; err: string }>;

/** Runs `farwatch` as a shell does. */
export const farwatch = (args: readonly string[], stdin: string | Buffer = ''): Promise<Ran> =>
  new Promise((resolve) => {
    const child = execFile(process.execPath, [main, ...args], { maxBuffer: 50_000_000 }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
    child.stdin?.on('error', () => undefined); // it may end before it has read all
    child.stdin?.end(stdin);
  });
