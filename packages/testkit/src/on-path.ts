import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

// Debian keeps nginx in /usr/sbin, which an ordinary user's PATH leaves out.
const folders = (): readonly string[] => [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The full path of the first of these programs that this machine has, or null. */
export const programOnPath = (...names: readonly string[]): string | null => {
  const paths = names.flatMap((name) => folders().map((folder) => join(folder, name)));
  return paths.find(isProgram) ?? null;
};
