import { type Assertion, expectedText, type Failure, type Phases, type TextCompare, timeOf } from '@farwatch/domain';
import { valueAt } from './json-path.ts';
import { patternFound } from './pattern.ts';

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
const quoted = (text: string): string => JSON.stringify(cut(text));
/** What a page or an owner wrote may hold what no database's JSON takes. */
const plain = (text: string): string => text.replace(/\p{Cc}/gu, '\ufffd').toWellFormed();

/** So long all patterns of one answer together may take: a look settles soon after its timeout. */
const patternsMs = 2_000;

/** Null when it holds, else what there was instead. */
type Got = string | null;

const compareText = async (compare: TextCompare, value: string, text: string, until: number): Promise<Got> => {
  switch (compare) {
    case 'equals':
      return text === value ? null : quoted(text);
    case 'not-equals':
      return text === value ? quoted(text) : null;
    case 'contains':
      return text.includes(value) ? null : quoted(text);
    case 'not-contains':
      return text.includes(value) ? quoted(text) : null;
    case 'matches':
    case 'not-matches': {
      const found = performance.now() > until ? null : await patternFound(value, text);
      if (found === null) return 'a text on which the pattern takes too long';
      return found === (compare === 'matches') ? null : quoted(text);
    }
  }
};

const compareNumber = (compare: 'at-least' | 'at-most', bound: number, value: number): boolean =>
  compare === 'at-least' ? value >= bound : value <= bound;

const headerOf = ({ headers }: Asserted, name: string): string | null => {
  const values = headers.filter(([other]) => other.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
  return values.length === 0 ? null : values.join(', '); // RFC 9110, section 5.3
};
const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
const missingWords = { nothing: 'nothing there', 'no-json': 'a body that is no JSON' } as const;

type OfJson = Extract<Assertion, { path: string }>;
const compareJson = async (assertion: OfJson, { body }: Asserted, until: number): Promise<Got> => {
  const found = valueAt(assertion.path, body);
  if (assertion.kind === 'json-present' && found.kind !== 'no-json')
    return (found.kind === 'value') === assertion.present ? null : found.kind === 'value' ? 'there' : 'absent';
  if (found.kind !== 'value') return missingWords[found.kind];
  if (assertion.kind === 'json') return compareText(assertion.compare, assertion.value, asText(found.value), until);
  if (assertion.kind === 'json-present') return null; // unreachable: told above
  const { value } = found;
  if (typeof value !== 'number') return quoted(asText(value));
  return compareNumber(assertion.compare, assertion.value, value) ? null : String(value);
};

const gotOf = async (assertion: Assertion, seen: Asserted, until: number): Promise<Got> => {
  switch (assertion.kind) {
    case 'header': {
      const value = headerOf(seen, assertion.name);
      if (value === null) return assertion.compare.startsWith('not-') ? null : 'no such header';
      return compareText(assertion.compare, assertion.value, value, until);
    }
    case 'header-present': {
      const value = headerOf(seen, assertion.name);
      return (value !== null) === assertion.present ? null : value === null ? 'absent' : quoted(value);
    }
    case 'body':
      return compareText(assertion.compare, assertion.value, seen.body, until);
    case 'json':
    case 'json-present':
    case 'json-number':
      return compareJson(assertion, seen, until);
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
      return compareText(assertion.compare, assertion.value, seen.url, until);
    case 'remote-address':
      return compareText(assertion.compare, assertion.value, seen.remoteAddress, until);
  }
};

/** Looks at all of them and says of those that don't hold what was expected and what there was; null when all hold. */
export const assertionFailure = async (
  assertions: readonly Assertion[],
  seen: Asserted,
): Promise<Extract<Failure, { kind: 'assertion' }> | null> => {
  const until = performance.now() + patternsMs;
  const failed: { expected: string; got: string }[] = [];
  for (const assertion of assertions) {
    const got = await gotOf(assertion, seen, until);
    if (got !== null) failed.push({ expected: cut(expectedText(assertion)), got });
  }
  if (failed.length === 0) return null;
  const list = (of: 'expected' | 'got'): string => {
    const all = failed.map((one) => one[of]).join('; ');
    return plain(all.slice(0, 2_000));
  };
  return { kind: 'assertion', expected: list('expected'), got: list('got') };
};

/** Whether the body is to be kept whole for them. */
export const readsBody = (assertions: readonly Assertion[]): boolean =>
  assertions.some(({ kind }) => kind === 'body' || kind.startsWith('json'));
