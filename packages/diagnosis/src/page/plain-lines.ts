import { fromVerbose, isMeter, isVerbose, withoutTimes } from './curl-verbose.ts';
import { fromDevtools, isDevtools } from './devtools.ts';
import type { Plain } from './plain.ts';
import { fromWget, isWget } from './wget.ts';

/** A shell's prompt with the command that was typed. */
const isCommand = (line: string): boolean =>
  /^\s{0,8}(?:[\w.@~:/-]{0,80}[$#%>] {1,4})?(?:curl|wget|https?|Invoke-WebRequest) (?!:)/u.test(line);
const isOwnWords = (line: string): boolean => /^(?:curl|wget|https?): /u.test(line);

const fromAsIs = (lines: readonly string[]): Plain => {
  const at = lines.findIndex((line) => line.trim() !== '');
  const [first = '', ...more] = lines.slice(Math.max(0, at));
  const rest = isCommand(first) ? more : [first, ...more];
  return {
    lines: rest.filter((line) => !isOwnWords(line) && !isMeter(line)),
    said: rest.filter(isOwnWords),
    ...{ url: null, method: null, address: null, waitedMs: null },
  };
};

/** Undoes what the client that printed it put around an answer. */
export const plainLines = (text: string): Plain => {
  const lines = text.replace(/^\u{feff}/u, '').split('\n');
  const bare = lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  if (isVerbose(withoutTimes(bare))) return fromVerbose(bare);
  if (isWget(bare)) return fromWget(bare);
  return isDevtools(bare) ? fromDevtools(bare) : fromAsIs(bare);
};
