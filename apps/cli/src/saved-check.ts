import type { LookAnswer } from '@farwatch/checker';
import { type Pasted, type SeenLook, seenLook } from '@farwatch/diagnosis';

/** What `farwatch check --json` prints, as far as it is read again. */
type Saved = Readonly<{
  result: Omit<LookAnswer, 'evidence'> & Readonly<{ url: string; method: string; family: 'any' | 'ipv4' | 'ipv6' }>;
  evidence: LookAnswer['evidence'] | null;
}>;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isMoment = (name: string): boolean => name === 'at' || /[a-z]At$/u.test(name);
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text, (name, value: unknown) =>
      typeof value === 'string' && isMoment(name) ? Date.parse(value) : value,
    );
  } catch {
    return null;
  }
};

const isSaved = (value: unknown): value is Saved => {
  if (!isObject(value) || !isObject(value.result)) return false;
  const { outcome, details, startedAt, url, method, totalMs } = value.result;
  const { evidence } = value;
  return (
    isObject(outcome) &&
    typeof outcome.verdict === 'string' &&
    isObject(details) &&
    Array.isArray(details.hops) &&
    Array.isArray(details.findings) &&
    Number.isFinite(startedAt) &&
    Number.isFinite(totalMs) &&
    typeof url === 'string' &&
    typeof method === 'string' &&
    (evidence === null ||
      (isObject(evidence) && Array.isArray(evidence.headers) && typeof evidence.bodyBase64 === 'string'))
  );
};

/** A check that was saved by `farwatch check --json`, as the diagnosis reads it; null = the text is none. */
export const savedLook = (text: string): SeenLook | null => {
  const saved = parsed(text);
  if (!isSaved(saved)) return null;
  const { result, evidence } = saved;
  const ref = { region: 'here', family: result.family, at: result.startedAt };
  const { url, method } = result;
  return seenLook({ ...result, ...(evidence == null ? {} : { evidence }) }, { ref, url, method });
};

/** The same as a paste: what is shown of it. */
export const pastedFrom = ({ url, method, failure, findings, answer, hops, phases }: SeenLook): Pasted => ({
  ...{ url, method, failure, findings, answer, address: hops.at(-1)?.address ?? null },
  ...{ waitedMs: phases?.firstByteMs ?? null, statusFrom: answer === null ? null : 'head' },
});
