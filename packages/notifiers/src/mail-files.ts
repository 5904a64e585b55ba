import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A mail that was written to the folder. `file` is its name there; `at` is epoch milliseconds. */
export type MailFile = Readonly<{ file: string; at: number; to: string; subject: string; text: string }>;

/** Older mails go when there are more. */
const keptMails = 1_000;
const namePattern = /^(\d{13,16})-[0-9a-f]{16}-[0-9a-f-]{36}\.json$/u;

const addressMark = (to: string): string => createHash('sha256').update(to.toLowerCase()).digest('hex').slice(0, 16);

/** Nobody ever sees half a file: it is written under another name first. */
const writeWhole = async (path: string, content: string | Buffer): Promise<void> => {
  const draft = `${path}.${process.pid}.tmp`;
  await writeFile(draft, content, { mode: 0o600 });
  await rename(draft, path);
};

const newestFirst = async (mailDir: string): Promise<readonly string[]> => {
  const names = await readdir(mailDir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []; // no mail was written yet
    throw error;
  });
  const moment = (name: string): number => Number.parseInt(name, 10);
  return names.filter((name) => namePattern.test(name)).sort((a, b) => moment(b) - moment(a));
};

const emlOf = (jsonName: string): string => jsonName.replace(/\.json$/u, '.eml');

/**
 * Writes one mail as `.eml` for any mail program, and its plain parts as `.json` beside it for the list; answers the
 * name of the `.eml`. Keeps the newest 1,000. Throws when the folder can't be written.
 */
export const writeMailFile = async (
  mailDir: string,
  mail: Omit<MailFile, 'file'>,
  message: Buffer,
): Promise<string> => {
  await mkdir(mailDir, { recursive: true, mode: 0o700 });
  const name = `${mail.at}-${addressMark(mail.to)}-${randomUUID()}.json`;
  await writeWhole(join(mailDir, emlOf(name)), message);
  await writeWhole(join(mailDir, name), JSON.stringify(mail));
  const old = (await newestFirst(mailDir)).slice(keptMails);
  await Promise.all(old.flatMap((n) => [n, emlOf(n)]).map((n) => rm(join(mailDir, n), { force: true })));
  return emlOf(name);
};

const read = async (mailDir: string, name: string): Promise<MailFile | null> => {
  try {
    const { at, to, subject, text }: Record<string, unknown> = JSON.parse(await readFile(join(mailDir, name), 'utf8'));
    const whole = typeof at === 'number' && typeof to === 'string' && typeof subject === 'string';
    return whole && typeof text === 'string' ? { file: emlOf(name), at, to, subject, text } : null;
  } catch {
    return null; // just removed to keep the folder small, or damaged by hand
  }
};

/** The newest mails to this address (to anybody when it is null), newest first. A folder that isn't there has none. */
export const listMailFiles = async (
  mailDir: string,
  to: string | null,
  limit: number,
): Promise<readonly MailFile[]> => {
  const mark = to === null ? null : `-${addressMark(to)}-`;
  const names = (await newestFirst(mailDir)).filter((name) => mark === null || name.includes(mark)).slice(0, limit);
  const mails = await Promise.all(names.map((name) => read(mailDir, name)));
  return mails.filter((mail) => mail !== null);
};
