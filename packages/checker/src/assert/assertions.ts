import { type Assertion, expectedText, type Outcome, type Phases, type TextCompare, timeOf } from '@farwatch/domain';
import { redactUrl, shownHeader } from '../evidence/evidence.ts';
import { type KnownSecrets, knownSecrets, startWithout, without } from '../evidence/secrets.ts';
import { maxBodyBytes } from '../http/http-answer.ts';
import { valueAt } from './json-path.ts';
import { patternFound } from './pattern.ts';
import type { NoAnswer } from './thread.ts';

/** A whole answer, as assertions look at it. */
export type Asserted = Readonly<{
  url: string;
  /** Name and value, as they came. */
  headers: readonly (readonly [name: string, value: string])[];
  /** The body's first mebibyte, read as text. */
  body: string;
  bytes: number;
  remoteAddress: string;
  /** Epoch ms; null = no certificate. */
  certificateEndsAt: number | null;
  totalMs: number;
  phases: Phases;
  /** Epoch ms. */
  now: number;
}>;

const dayMs = 86_400_000;
const shown = 200;
const cut = (text: string): string => (text.length > shown ? `${text.slice(0, shown)}…` : text);
/** What a page or an owner wrote may hold what no database's JSON takes. */
const plain = (text: string, max: number): string =>
  text
    .slice(0, max)
    .replace(/\p{Cc}/gu, '\ufffd')
    .toWellFormed();

/** So long all patterns and paths of one answer together may take, turns included: a look settles soon after its timeout. */
const worksMs = 2_000;

/** What they look at, what none of it may show, and how long. */
type Looked = Readonly<{ seen: Asserted; secrets: KnownSecrets; work: Readonly<{ owner: string; until: number }> }>;
/** Null when it holds; what there was instead; or why nobody can say. */
type Got = string | null | Readonly<{ why: string }>;

/** What is read of a text to show its beginning: enough for the URLs in it. */
const readOf = 16_384;
/** Secrets go before the cut: what is left of one that was cut would not be known again. */
const quoted = (text: string, secrets: KnownSecrets): string =>
  JSON.stringify(cut(redactUrl(startWithout(text, readOf, secrets))));

const whyWords: Readonly<Record<NoAnswer, string>> = {
  late: 'it takes too long on this answer',
  dead: 'it takes too much memory on this answer',
  busy: 'too much else was to be done here',
};

/** `shownText`: the text as it may be shown, where that is known better than from the text itself. */
type TextAsked = Readonly<{ compare: TextCompare; value: string; text: string; shownText?: string }>;
const compareText = async (asked: TextAsked, { secrets, work }: Looked): Promise<Got> => {
  const { compare, value, text, shownText = text } = asked;
  const unless = (holds: boolean): Got => (holds ? null : quoted(shownText, secrets));
  switch (compare) {
    case 'equals':
      return unless(text === value);
    case 'not-equals':
      return unless(text !== value);
    case 'contains':
      return unless(text.includes(value));
    case 'not-contains':
      return unless(!text.includes(value));
    case 'matches':
    case 'not-matches': {
      const found = await patternFound(value, text, work);
      return typeof found === 'string' ? { why: whyWords[found] } : unless(found === (compare === 'matches'));
    }
  }
};

const compareNumber = (compare: 'at-least' | 'at-most', bound: number, value: number): boolean =>
  compare === 'at-least' ? value >= bound : value <= bound;

type HeaderSeen = Readonly<{ value: string; shownText: string }>;
const headerOf = ({ seen, secrets }: Looked, name: string): HeaderSeen | null => {
  const found = seen.headers.filter(([other]) => other.toLowerCase() === name.toLowerCase());
  if (found.length === 0) return null;
  const joined = (values: readonly string[]): string => values.join(', '); // RFC 9110, section 5.3
  const shownText = joined(found.map(([, value]) => shownHeader(name, value, secrets)));
  return { value: joined(found.map(([, value]) => value)), shownText };
};

const tooLarge = 'the JSON is too large or nested too deep to be looked through';
const isCut = ({ bytes }: Asserted): boolean => bytes >= maxBodyBytes;

type OfJson = Extract<Assertion, { path: string }>;
const compareJson = async (assertion: OfJson, looked: Looked): Promise<Got> => {
  const found = await valueAt(assertion.path, looked.seen.body, looked.work);
  if (typeof found === 'string') return { why: whyWords[found] };
  if (found.kind === 'too-large') return { why: tooLarge };
  if (found.kind === 'no-json')
    return isCut(looked.seen) ? { why: 'of the body only the first mebibyte is read' } : 'a body that is no JSON';
  const isThere = found.kind === 'value';
  if (assertion.kind === 'json-present') return isThere === assertion.present ? null : isThere ? 'there' : 'absent';
  if (!isThere) return 'nothing there';
  const { text, number } = found;
  if (assertion.kind === 'json') return compareText({ ...assertion, text }, looked);
  if (number === null) return quoted(text, looked.secrets);
  return compareNumber(assertion.compare, assertion.value, number) ? null : String(number);
};

const gotOf = async (assertion: Assertion, looked: Looked): Promise<Got> => {
  const { seen, secrets } = looked;
  switch (assertion.kind) {
    case 'header': {
      const header = headerOf(looked, assertion.name);
      if (header === null) return assertion.compare.startsWith('not-') ? null : 'no such header';
      const { value: text, shownText } = header;
      return compareText({ ...assertion, text, shownText }, looked);
    }
    case 'header-present': {
      const header = headerOf(looked, assertion.name);
      if ((header !== null) === assertion.present) return null;
      return header === null ? 'absent' : quoted(header.shownText, secrets);
    }
    case 'body':
      return compareText({ ...assertion, text: seen.body }, looked);
    case 'json':
    case 'json-present':
    case 'json-number':
      return compareJson(assertion, looked);
    case 'body-size':
      return compareNumber(assertion.compare, assertion.bytes, seen.bytes) ? null : `${seen.bytes} bytes`;
    case 'response-time': {
      const ms = timeOf(assertion.phase, seen.totalMs, seen.phases);
      return ms === null || ms <= assertion.atMostMs ? null : `${Math.round(ms)} ms`;
    }
    case 'certificate-days': {
      if (seen.certificateEndsAt === null) return 'no certificate';
      const days = Math.floor((seen.certificateEndsAt - seen.now) / dayMs);
      return days >= assertion.atLeast ? null : `${days} days`;
    }
    case 'final-url':
      return compareText({ ...assertion, text: seen.url }, looked);
    case 'remote-address':
      return compareText({ ...assertion, text: seen.remoteAddress }, looked);
  }
};

/**
 * Looks at all of them and says of those that don't hold what was expected and what there was. When none fails and one
 * can't be told, nobody knows; null when all hold. Nothing it says shows these secrets.
 */
export const assertionOutcome = async (
  assertions: readonly Assertion[],
  seen: Asserted,
  secrets: KnownSecrets = knownSecrets([], []),
  settleBy = Number.POSITIVE_INFINITY,
): Promise<Extract<Outcome, { verdict: 'down' | 'inconclusive' }> | null> => {
  const work = { owner: URL.parse(seen.url)?.host ?? '', until: Math.min(settleBy, performance.now() + worksMs) };
  const failed: { expected: string; got: string }[] = [];
  let unclear: string | null = null;
  for (const assertion of assertions) {
    const got = await gotOf(assertion, { seen, secrets, work });
    if (got === null) continue;
    const expected = cut(without(expectedText(assertion), secrets));
    if (typeof got === 'string') failed.push({ expected, got });
    else unclear ??= `probe could not tell: expected ${expected}, but ${got.why}`;
  }
  const list = (of: 'expected' | 'got'): string => plain(failed.map((one) => one[of]).join('; '), 2_000);
  if (failed.length > 0)
    return { verdict: 'down', failure: { kind: 'assertion', expected: list('expected'), got: list('got') } };
  return unclear === null ? null : { verdict: 'inconclusive', reason: plain(unclear, 500) };
};
