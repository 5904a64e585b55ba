/** Something the person at the keyboard can mend: one plain line that names the setting or the file. Caught once, in main. */
export class Problem extends Error {
  override readonly name = 'Problem';
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** What went wrong in at most one line, without a stack. */
export const oneLine = (error: unknown): string => {
  const text = error instanceof Error ? error.message || codeOf(error) || error.name : String(error);
  return text.split('\n', 1)[0]?.trim() ?? '';
};

const diskFull = (text: string): boolean => /ENOSPC|no space left on device|disk (is )?full/i.test(text);

/** `text` may be a message or the last words of a program that died. Null when the disk has nothing to do with it. */
export const diskProblem = (text: string, dataDir: string): Problem | null =>
  diskFull(text)
    ? new Problem(
        `The disk that holds ${dataDir} is full: free some space, or set FARWATCH_DATA to a folder elsewhere.`,
      )
    : null;

/** Turns an error of the file system below the data folder into the line that says what to do. */
export const dataDirProblem = (error: unknown, dataDir: string): Error => {
  if (error instanceof Problem) return error;
  const code = codeOf(error);
  const full = diskProblem(`${code} ${oneLine(error)}`, dataDir);
  if (full !== null) return full;
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT'].includes(code)) {
    return new Problem(`Cannot write to ${dataDir} (${code}): set FARWATCH_DATA to a folder that you may write to.`);
  }
  return error instanceof Error ? error : new Error(String(error));
};
