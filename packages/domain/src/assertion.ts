import type { Phases } from './check-result.ts';

export type TextCompare = 'equals' | 'not-equals' | 'contains' | 'not-contains' | 'matches' | 'not-matches';
export type TimedPhase = 'total' | 'dns' | 'connect' | 'tls' | 'first-byte' | 'download';

type OfText = Readonly<{ compare: TextCompare; value: string }>;

/**
 * What an answer must be besides its status. `matches` is RE2's syntax, which can't run away; what can't be told in time
 * all the same makes the look inconclusive. Lengths are milliseconds and bytes. At most 16 of a monitor; they are looked
 * at when the answer came whole and its status counts as up.
 */
export type Assertion =
  | (OfText & Readonly<{ kind: 'header'; name: string }>)
  | Readonly<{ kind: 'header-present'; name: string; present: boolean }>
  | (OfText & Readonly<{ kind: 'body' }>)
  /** RFC 9535; of what it finds the first. Texts are compared as they are, all else as JSON. */
  | (OfText & Readonly<{ kind: 'json'; path: string }>)
  | Readonly<{ kind: 'json-present'; path: string; present: boolean }>
  | Readonly<{ kind: 'json-number'; path: string; compare: 'at-least' | 'at-most'; value: number }>
  | Readonly<{ kind: 'body-size'; compare: 'at-least' | 'at-most'; bytes: number }>
  | Readonly<{ kind: 'response-time'; phase: TimedPhase; atMostMs: number }>
  | Readonly<{ kind: 'certificate-days'; atLeast: number }>
  /** The URL that answered in the end. */
  | (OfText & Readonly<{ kind: 'final-url' }>)
  | (OfText & Readonly<{ kind: 'remote-address' }>);

const compareWords: Readonly<Record<TextCompare, string>> = {
  equals: 'to be',
  'not-equals': 'not to be',
  contains: 'to contain',
  'not-contains': 'not to contain',
  matches: 'to match',
  'not-matches': 'not to match',
};
const said = ({ compare, value }: OfText): string => `${compareWords[compare]} ${JSON.stringify(value)}`;
const bound = (compare: 'at-least' | 'at-most'): string => (compare === 'at-least' ? 'at least' : 'at most');

/** What is expected, in words: `header content-type to contain "json"`. */
export const expectedText = (assertion: Assertion): string => {
  switch (assertion.kind) {
    case 'header':
      return `header ${assertion.name} ${said(assertion)}`;
    case 'header-present':
      return `header ${assertion.name} to be ${assertion.present ? 'there' : 'absent'}`;
    case 'body':
      return `the body ${said(assertion)}`;
    case 'json':
      return `${assertion.path} ${said(assertion)}`;
    case 'json-present':
      return `${assertion.path} to be ${assertion.present ? 'there' : 'absent'}`;
    case 'json-number':
      return `${assertion.path} to be ${bound(assertion.compare)} ${assertion.value}`;
    case 'body-size':
      return `${bound(assertion.compare)} ${assertion.bytes} bytes`;
    case 'response-time':
      return `${assertion.phase === 'total' ? 'an answer' : assertion.phase} within ${assertion.atMostMs} ms`;
    case 'certificate-days':
      return `a certificate for ${assertion.atLeast} more days`;
    case 'final-url':
      return `the final URL ${said(assertion)}`;
    case 'remote-address':
      return `the address ${said(assertion)}`;
  }
};

/** How long a phase, or all of it, took; null = it was not reached. */
export const timeOf = (phase: TimedPhase, totalMs: number, phases: Phases): number | null => {
  switch (phase) {
    case 'total':
      return totalMs;
    case 'dns':
      return phases.dnsMs;
    case 'connect':
      return phases.connectMs;
    case 'tls':
      return phases.tlsMs;
    case 'first-byte':
      return phases.firstByteMs;
    case 'download':
      return phases.downloadMs;
  }
};
