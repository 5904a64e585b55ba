import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A mail that was written to the folder. `file` is its name there; `at` is epoch milliseconds; `organisationId` is
 * whose alert it is, null for a mail about the addressee's own account.
 */
export type MailFile = Readonly<{
  file: string;
  at: number;
  to: string;
  subject: string;
  text: string;
  organisationId: string | null;
}>;
/** Who reads: what is about this address's account, and alerts to it of this organisation; of no other one. */
export type MailReader = Readonly<{ to: string; organisationId: string }>;

/** Older mails go when there are more. */
const keptMails = 1_000;
/** So many of one organisation's alerts, and of one address's account mails. */
const keptPerOwner = 100;
/** When, to whom, and of which organisation if it is an alert. */
const namePattern = /^\d{13,16}-([0-9a-f]{16})-(?:([0-9a-f]{16})-)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.json$/u;

const mark = (text: string): string => createHash('sha256').update(text.toLowerCase()).digest('hex').slice(0, 16);

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
 * The names, newest first, that there is no room for: each owner's oldest beyond its share, and when all together are
 * too many, the oldest of whoever has most. So nobody's mails are pushed out by another's.
 */
const surplus = (names: readonly string[]): readonly string[] => {
  const counts = new Map<string, number>();
  const placed = names.map((name) => {
    const [, addressee = '', organisation] = namePattern.exec(name) ?? [];
    const owner = organisation === undefined ? `account ${addressee}` : `organisation ${organisation}`;
    const place = counts.get(owner) ?? 0;
    counts.set(owner, place + 1);
    return { name, place };
  });
  const within = placed.filter(({ place }) => place < keptPerOwner).toSorted((a, b) => a.place - b.place);
  const kept = new Set(within.slice(0, keptMails).map(({ name }) => name));
  return names.filter((name) => !kept.has(name));
};

/**
 * Writes one mail as `.eml` for any mail program, and its plain parts as `.json` beside it for the list; answers the
 * name of the `.eml`. Keeps the newest 100 of each organisation's alerts and of each address's account mails, 1,000 in
 * all. Throws when the folder can't be written.
 */
export const writeMailFile = async (
  mailDir: string,
  mail: Omit<MailFile, 'file'>,
  message: Buffer,
): Promise<string> => {
  await mkdir(mailDir, { recursive: true, mode: 0o700 });
  const marks = [mail.to, mail.organisationId].filter((text) => text !== null).map(mark);
  const name = `${[mail.at, ...marks, randomUUID()].join('-')}.json`;
  await writeWhole(join(mailDir, emlOf(name)), message);
  await writeWhole(join(mailDir, name), JSON.stringify(mail));
  const old = surplus(await newestFirst(mailDir));
  await Promise.all(old.flatMap((n) => [n, emlOf(n)]).map((n) => rm(join(mailDir, n), { force: true })));
  return emlOf(name);
};

const read = async (mailDir: string, name: string): Promise<MailFile | null> => {
  try {
    const content: Record<string, unknown> = JSON.parse(await readFile(join(mailDir, name), 'utf8'));
    const { at, to, subject, text, organisationId = null } = content;
    if (typeof at !== 'number' || typeof to !== 'string' || typeof subject !== 'string') return null;
    if (typeof text !== 'string' || (typeof organisationId !== 'string' && organisationId !== null)) return null;
    return { file: emlOf(name), at, to, subject, text, organisationId };
  } catch {
    return null; // just removed to keep the folder small, or damaged by hand
  }
};

const addressed =
  ({ to, organisationId }: MailReader) =>
  (name: string): boolean => {
    const [, addressee, organisation] = namePattern.exec(name) ?? [];
    return addressee === mark(to) && (organisation === undefined || organisation === mark(organisationId));
  };

/** The newest mails for this reader (all there are when it is null), newest first. A folder that isn't there has none. */
export const listMailFiles = async (
  mailDir: string,
  reader: MailReader | null,
  limit: number,
): Promise<readonly MailFile[]> => {
  const names = (await newestFirst(mailDir)).filter(reader === null ? () => true : addressed(reader)).slice(0, limit);
  const mails = await Promise.all(names.map((name) => read(mailDir, name)));
  return mails.filter((mail) => mail !== null);
};
