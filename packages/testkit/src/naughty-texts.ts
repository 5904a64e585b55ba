import { existsSync, readFileSync } from 'node:fs';

// Nasty texts from outside the repository; where they are absent the tests that need them are skipped by name.

const root = '/work/shared/corpora';
const blns = `${root}/strings/blns.json`;
const injections = [`${root}/injection/patt-crlf.txt`, `${root}/injection/patt-xss-polyglots.txt`];

/** Whether the corpora are there: `needs('/work/shared/corpora', corpusThere)`. */
export const corpusThere = [blns, ...injections].every((path) => existsSync(path));

const decoded = (line: string): readonly string[] => {
  try {
    return [line, decodeURIComponent(line)];
  } catch {
    return [line];
  }
};

/** Every string of the big list of naughty strings, and every injection as it stands and percent-decoded. */
export const naughtyTexts = (): readonly string[] => {
  if (!corpusThere) return [];
  const strings: unknown = JSON.parse(readFileSync(blns, 'utf8'));
  if (!Array.isArray(strings)) throw new Error('blns.json is an array of strings');
  const lines = injections.flatMap((path) => readFileSync(path, 'utf8').split('\n').filter(Boolean));
  return [...strings.map(String), ...lines.flatMap(decoded)];
};

/** What draws nothing: control and format characters, spaces, marks without a letter, and Unicode's fillers. */
const unseen = /[\p{C}\p{Z}\p{M}\u115f\u1160\u2800\u3164\uffa0]/gu;

/** Whether it may name something in at most so many characters: it can be stored, and something of it can be seen. */
export const isName = (text: string, most: number): boolean =>
  text.replace(unseen, '') !== '' && [...text].length <= most && !text.includes('\0') && text.isWellFormed();
