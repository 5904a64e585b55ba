import type { Answer } from '../case.ts';
import type { Clue, Facts, Rule } from './rule.ts';

const headerOf = ({ headers }: Answer, name: RegExp): string | null =>
  headers.find(([each]) => name.test(each))?.[1] ?? null;

/** Every Varnish error page says 5; some products repeat a constant of theirs. */
const isConstant = (product: string | null, value: string): boolean =>
  (product === 'varnish' || product === 'fastly') && value.trim() === '5';

const retryAfter = ({ speaker }: Facts, answer: Answer): Clue | null => {
  const value = headerOf(answer, /^retry-after$/iu);
  if (value === null || (answer.status !== 503 && answer.status !== 429)) return null;
  if (isConstant(speaker.wroteBy.product, value)) return null;
  const text = `the answer carries Retry-After: ${value.slice(0, 60)}`;
  if (answer.status === 429) return { text, weights: { 'rate-limited': 3 } };
  // Whoever plans knows when it ends; whoever sheds load asks for some seconds.
  const isShort = /^\s*\d{1,2}\s*$/u.test(value) && Number(value) <= 30;
  return isShort
    ? {
        text,
        weights: { maintenance: 2, 'origin-saturated': 1.6, 'rate-limited': 1.6, 'origin-refusing': 1.6 },
        otherwise: 0.6,
      }
    : { text, weights: { maintenance: 8, 'origin-refusing': 1.6, 'rate-limited': 1 }, otherwise: 0.4 };
};

const rateLimit = (_facts: Facts, answer: Answer): Clue | null => {
  const left =
    headerOf(answer, /^(?:x-)?rate-?limit-remaining$/iu) ??
    /(?:^|[;,\s])r(?:emaining)?=(\d+)/u.exec(headerOf(answer, /^ratelimit$/iu) ?? '')?.[1] ??
    null;
  if (left === null || !/^\s*0\b/u.test(left)) return null;
  return { text: 'the answer says that no request is left of the allowed rate', weights: { 'rate-limited': 12 } };
};

const challenge = (_facts: Facts, answer: Answer): Clue | null => {
  const value = headerOf(
    answer,
    /^(?:cf-mitigated|x-datadome|x-sucuri-block|x-px-block|x-amzn-waf-action|x-vercel-mitigated)$/iu,
  );
  return value === null || (answer.status ?? 0) < 400
    ? null
    : { text: 'a header says that a protection answered in place of the site', weights: { blocked: 30 } };
};

const login = (_facts: Facts, answer: Answer): Clue | null =>
  answer.status !== 401 || headerOf(answer, /^www-authenticate$/iu) === null
    ? null
    : { text: 'the answer asks for a log-in (WWW-Authenticate)', weights: { 'origin-refusing': 4 } };

const readers = [retryAfter, rateLimit, challenge, login] as const;

/** Headers that name the cause, whoever wrote them. */
export const headers: Rule = {
  id: 'headers',
  source:
    'RFC 9110, sections 10.2.3 and 11.6.1; RFC 6585; draft-ietf-httpapi-ratelimit-headers; developers.cloudflare.com (cf-mitigated)',
  part: 'weighing',
  read: (facts) => {
    const { answer, ref } = facts.seen.look;
    if (answer === null) return [];
    return readers.flatMap((reader) => {
      const clue = reader(facts, answer);
      return clue === null ? [] : [{ ...clue, look: ref }];
    });
  },
};
