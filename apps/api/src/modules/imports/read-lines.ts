import { type Entry, proposed, refused } from './entry.ts';

const scheme = /^[a-z][a-z0-9+.-]*:/iu;
/** A host name with a dot, or with a port, perhaps with a path: what people paste without its scheme. */
const bareHost = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,}(?::\d{1,5})?(?:[/?#].*)?$/u;
const address = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\]|localhost)(?::\d{1,5})?(?:[/?#].*)?$/iu;

/** Longer than any URL that may be saved, with what stands around it. */
const longestWord = 2_100;

/** The URL that somebody means by a word; a bare host is looked at by HTTPS. Null = no URL. */
export const urlOf = (word: string): string | null => {
  if (word.length > longestWord) return null;
  const text = word.replace(/^[<("'`]+/u, '').replace(/[>)"'`,;]+$/u, '');
  if (/^https?:\/\//iu.test(text)) return URL.canParse(text) ? text : null;
  if (!address.test(text) && (scheme.test(text.replace(/:\d+(?=[/?#]|$)/u, '')) || !bareHost.test(text))) return null;
  return URL.canParse(`https://${text}`) ? `https://${text}` : null;
};

const comment = /^\s*(?:#|\/\/)/u;

/** The words of a line that are URLs, with what stands before the first of them as its name when a tab divides them. */
const entriesOf = (line: string, at: number): readonly Entry[] => {
  const [before = '', ...rest] = line.split('\t');
  const named = rest.length > 0 && urlOf(before.trim()) === null;
  const words = (named ? rest.join(' ') : line).split(/[\s,;|]+/u).filter((word) => word !== '');
  const urls = words.flatMap((word) => urlOf(word) ?? []);
  if (urls.length === 0) return [refused(at, line.trim(), 'There is no URL or host name in this line.')];
  const name = before.trim();
  return urls.map((url, i) => proposed(at, { url, ...(named && i === 0 && name !== '' ? { name } : {}) }));
};

/** URLs and host names, one a line or several; `name<TAB>url`; lines that begin with # or // are comments. */
export const readLines = (text: string): readonly Entry[] =>
  text
    .split(/\r\n|\r|\n/u)
    .flatMap((line, i) => (line.trim() === '' || comment.test(line) ? [] : entriesOf(line, i + 1)));
