import { closeSync, openSync, renameSync, statSync, writeSync } from 'node:fs';

/** A log that keeps itself small: at `maxBytes` the file becomes `<file>.1` (the one before is dropped). */
export type LogFile = Readonly<{
  path: string;
  write: (chunk: string | Uint8Array) => void;
  /** The last lines that are not blank, newest last: a program's last words when it dies. */
  lastLines: (count: number) => readonly string[];
}>;

const defaultMaxBytes = 10 * 1024 * 1024;
const tailBytes = 16 * 1024;

export const openLogFile = (path: string, maxBytes = defaultMaxBytes): LogFile => {
  let file = openSync(path, 'a', 0o600);
  let size = statSync(path).size;
  let tail = '';
  const rotate = (): void => {
    closeSync(file);
    renameSync(path, `${path}.1`);
    file = openSync(path, 'a', 0o600);
    size = 0;
  };
  return {
    path,
    write: (chunk) => {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      tail = (tail + Buffer.from(bytes).toString('utf8')).slice(-tailBytes);
      try {
        if (size + bytes.length > maxBytes && size > 0) rotate();
        size += writeSync(file, bytes);
      } catch {
        // A full disk: what the app does about it is its affair, and it must not die of its log.
      }
    },
    lastLines: (count) =>
      tail
        .split('\n')
        .filter((line) => line.trim() !== '')
        .slice(-count),
  };
};
