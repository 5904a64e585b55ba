import { environment, type Found, readValue } from './json-value.ts';
import type { Work } from './lanes.ts';
import { textWork } from './text-work.ts';
import type { NoAnswer } from './thread.ts';

/** What is wrong with a path; null when it is one. */
export const pathFault = (path: string): string | null => {
  try {
    environment.compile(path);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 300) : 'this is no path';
  }
};

/** Only names and indexes: such a path takes one step for each. */
const isSimple = (path: string): boolean => {
  try {
    return environment.compile(path).singularQuery();
  } catch {
    return false;
  }
};
const shortText = 16_384;

/** The first value at a path of a JSON text. */
export const valueAt = async (path: string, text: string, work: Omit<Work, 'name'>): Promise<Found | NoAnswer> => {
  if (text.length <= shortText && isSimple(path)) return readValue(path, text);
  const answer = await textWork({ kind: 'path', path, text }, { ...work, name: path });
  if (typeof answer === 'string') return answer;
  return answer.kind === 'path' ? answer.found : 'dead'; // unreachable: each job has an answer of its kind
};
