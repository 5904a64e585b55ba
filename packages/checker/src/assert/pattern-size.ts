/**
 * What a pattern costs to compile: about its instructions in RE2, and how many of its classes reach far into Unicode.
 * Counted without compiling it, because compiling is the cost: `.{0,1000}` 220 times takes seconds and half a gigabyte.
 */
export type PatternSize = Readonly<{ instructions: number; wideClasses: number }>;

const part = new RegExp(
  [
    String.raw`(?<literal>\\Q[\s\S]*?(?:\\E|$))`,
    String.raw`\\[pP](?:\{[^}]*\}|.)`,
    String.raw`\\x\{[^}]*\}|\\[\s\S]`,
    String.raw`\[\^?\]?(?:\[:\^?\w+:\]|\\[\s\S]|[^\]\\])*\]`,
    String.raw`(?<open>\((?:\?(?:P?<[^>]*>|[A-Za-z-]*:?))?)`,
    String.raw`(?<close>\))`,
    String.raw`\{(?<min>\d+)(?:,(?<max>\d*))?\}\??`,
    String.raw`(?<repeat>[*+?]\??)`,
    String.raw`[\s\S]`,
  ].join('|'),
  'gu',
);
type Groups = Readonly<Partial<Record<'literal' | 'open' | 'close' | 'min' | 'max' | 'repeat', string>>>;

/** Under `(?i)` every character of a range is looked up: such a one costs as much as five classes of Unicode. */
const farRange = /-(?:[^\0-\x7f]|\\x\{)/gu;
const wideClassesOf = (pattern: string): number => {
  const named = pattern.match(/\\[pP]/gu)?.length ?? 0;
  const ranges = /\(\?[A-Za-z]*i/u.test(pattern) ? (pattern.match(farRange)?.length ?? 0) : 0;
  return named + 5 * ranges;
};

/** A group as far as it was read: all of it, and its last piece, which a repeat is about. */
type Level = { all: number; last: number };
const put = (level: Level, size: number): void => {
  level.all += size;
  level.last = size;
};
/** RE2 writes a piece out as often as it may come; each time that need not come costs one more. */
const repeated = (level: Level, atLeast: number, atMost: number): void => {
  const size = level.last * Math.max(1, atMost) + atMost - atLeast;
  level.all += size - level.last;
  level.last = size;
};
const isCapture = (open: string): boolean => open === '(' || open.endsWith('>');

const read = (levels: Level[], groups: Groups, text: string): void => {
  const { open, close, min, max, repeat, literal } = groups;
  const level = levels.at(-1) ?? { all: 0, last: 0 };
  if (open !== undefined) levels.push({ all: isCapture(open) ? 2 : 0, last: 0 });
  else if (close !== undefined) {
    if (levels.length > 1) levels.pop();
    put(levels.at(-1) ?? level, level.all);
  } else if (min !== undefined) {
    const least = Number(min);
    repeated(level, least, max === undefined ? least : Math.max(least, max === '' ? least + 1 : Number(max)));
  } else if (repeat !== undefined) repeated(level, 0, 1);
  else put(level, literal === undefined ? 1 : text.length);
};

/** Never throws: what is no pattern has a size too. */
export const sizeOf = (pattern: string): PatternSize => {
  const levels: Level[] = [{ all: 0, last: 0 }];
  for (const { 0: text, groups = {} } of pattern.matchAll(part)) read(levels, groups, text);
  return { instructions: levels.reduce((sum, { all }) => sum + all, 2), wideClasses: wideClassesOf(pattern) };
};
