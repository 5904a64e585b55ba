import { RE2JS } from 're2js';
import type { Work } from './lanes.ts';
import { sizeOf } from './pattern-size.ts';
import { textWork } from './text-work.ts';
import type { NoAnswer } from './thread.ts';

/** What compiles in some 20 ms. */
const maxInstructions = 5_000;
const maxWideClasses = 30;

/** Work that takes a millisecond or two is done here: a thread would cost more. */
const shortText = 2_000;
const littleWork = 20_000;
const isLittle = (pattern: string, text: string): boolean => {
  if (text.length > shortText) return false;
  const { instructions, wideClasses } = sizeOf(pattern);
  return wideClasses < 3 && instructions * (text.length + 20) <= littleWork;
};

/** Whether RE2's pattern is found in a text. Never V8's own engine. */
export const patternFound = async (
  pattern: string,
  text: string,
  work: Omit<Work, 'name'>,
): Promise<boolean | NoAnswer> => {
  if (isLittle(pattern, text)) return RE2JS.compile(pattern).matcher(text).find();
  const answer = await textWork({ kind: 'pattern', pattern, text }, { ...work, name: pattern });
  return typeof answer === 'string' ? answer : answer.kind === 'pattern' && answer.found;
};

/** What is wrong with a pattern, in RE2's words or ours; null when it is one. */
export const patternFault = (pattern: string): string | null => {
  const size = sizeOf(pattern);
  // Not `>`: repeats in repeats may count beyond all numbers.
  if (!(size.instructions <= maxInstructions)) return 'this pattern is too big (it has or repeats too many parts)';
  if (size.wideClasses > maxWideClasses) return 'this pattern is too big (it names too many classes of Unicode)';
  try {
    return RE2JS.compile(pattern).programSize() > maxInstructions ? 'this pattern is too big' : null;
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 300) : 'this is no pattern';
  }
};
