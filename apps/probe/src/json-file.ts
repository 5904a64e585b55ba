import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes beside and renames, so that a kill leaves the old file or the new one and never half of one. */
export const writeJson = async (path: string, value: unknown): Promise<number> => {
  const text = JSON.stringify(value);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.tmp`, text, { mode: 0o600 });
  await rename(`${path}.tmp`, path);
  return text.length;
};

/** What the file holds; null when there is none or it can't be read as JSON. */
export const readJson = async (path: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return null;
  }
};
