import { watch } from 'node:fs';
import type { MailFile } from '@farwatch/notifiers';

const newest = 50;
const pollMs = 2_000;

/** Tells of each mail once that is written to the folder from now on, oldest first. Answers the way to end it. */
export const watchMails = async (mailDir: string, tell: (mail: MailFile) => void): Promise<() => void> => {
  const { listMailFiles } = await import('@farwatch/notifiers'); // after the start, which it would make slower
  const told = new Set((await listMailFiles(mailDir, null, newest)).map(({ file }) => file));
  let looking = false;
  const look = async (): Promise<void> => {
    if (looking) return; // the poll below comes back to what appears meanwhile
    looking = true;
    try {
      const mails = (await listMailFiles(mailDir, null, newest)).filter(({ file }) => !told.has(file));
      for (const mail of mails.toReversed()) {
        told.add(mail.file);
        tell(mail);
      }
    } catch {
      // The folder can't be read just now; the next look may.
    } finally {
      looking = false;
    }
  };
  const poll = setInterval(() => void look(), pollMs);
  // Quicker than the poll where the system tells of changes; where it doesn't, the poll does.
  let watcher: ReturnType<typeof watch> | null = null;
  try {
    watcher = watch(mailDir, () => void look());
    watcher.on('error', () => undefined);
  } catch {
    watcher = null; // too many watches on this machine
  }
  return () => {
    clearInterval(poll);
    watcher?.close();
  };
};
