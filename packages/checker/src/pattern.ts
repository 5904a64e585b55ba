import { RE2JS } from 're2js';
import type { PatternAnswer, PatternJob } from './pattern-worker.ts';
import { openThread } from './thread.ts';

/** A mebibyte takes an evil pattern a second and a half at the most; what takes longer is no answer. */
const find = openThread<PatternJob, PatternAnswer>(new URL('./pattern-worker.ts', import.meta.url), {
  ...{ workMs: 1_500, startMs: 10_000, waitMs: 5_000, maxWaiting: 500 },
});

/** So short a text is looked through here: a thread would cost more. */
const shortText = 2_000;

/** Whether RE2's pattern is found in a text; null when that took too long, or could not be begun. Never V8's own engine. */
export const patternFound = async (pattern: string, text: string): Promise<boolean | null> => {
  if (text.length <= shortText) return RE2JS.compile(pattern).matcher(text).find();
  const answer = await find({ pattern, text });
  return typeof answer === 'string' ? null : answer.found;
};

/** What is wrong with a pattern, in RE2's words; null when it is one. */
export const patternFault = (pattern: string): string | null => {
  try {
    RE2JS.compile(pattern);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 300) : 'this is no pattern';
  }
};
