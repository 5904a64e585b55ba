import type { TwinAnswer } from '@farwatch/domain';
import type { Cause, Weights } from '../causes.ts';
import type { Clue, Facts, Rule } from './rule.ts';

/** Causes that lie behind the gateway: an origin that answers well has none of them, unless it has just recovered. */
const ofOrigin: readonly Cause[] = [
  ...([
    'origin-not-listening',
    'origin-closed-early',
    'origin-reset',
    'origin-invalid-response',
    'origin-timeout',
  ] as const),
  ...(['origin-saturated', 'app-error', 'origin-refusing', 'maintenance', 'empty-page', 'masked-outage'] as const),
  ...(['truncated-body', 'compression-or-length', 'origin-header-too-big', 'no-live-upstream', 'not-found'] as const),
];
/** Causes of which the origin itself knows nothing. */
const beforeOrigin: readonly Cause[] = [
  ...(['gateway-wrong-target', 'gateway-config', 'gateway-dependency', 'gateway-overloaded', 'gateway-down'] as const),
  ...([
    'gateway-unreachable',
    'gateway-hang',
    'gateway-closed',
    'origin-unreachable',
    'upstream-dns',
    'upstream-tls',
  ] as const),
  ...(['edge-tls', 'blocked', 'rate-limited', 'socket-missing', 'socket-permission'] as const),
];
const each = (some: readonly Cause[], weight: number): Weights =>
  Object.fromEntries(some.map((cause) => [cause, weight]));

/** What the origin's own failure says. Reasons as `explain` words them: `connect error (ECONNREFUSED)`. */
const failures: readonly Readonly<{ of: RegExp; text: string; weights: Weights }>[] = [
  {
    of: /ECONNREFUSED/u,
    text: 'the origin refuses connections',
    weights: { 'origin-not-listening': 20, 'no-live-upstream': 4, 'gateway-wrong-target': 0.4 },
  },
  {
    of: /no answer after|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/u,
    text: 'the origin does not answer',
    weights: { 'origin-timeout': 6, 'origin-unreachable': 6, 'origin-saturated': 5 },
  },
  {
    of: /EMPTY_ANSWER|CUT_HEAD/u,
    text: 'the origin closes the connection without an answer',
    weights: { 'origin-closed-early': 16, 'origin-saturated': 1.5 },
  },
  {
    of: /ECONNRESET|EPIPE/u,
    text: 'the origin resets the connection',
    weights: { 'origin-reset': 16, 'origin-closed-early': 3 },
  },
  {
    of: /INVALID_HTTP|INVALID_CHUNK|INVALID_CONTENT/u,
    text: 'the origin answers with something that is not HTTP',
    weights: { 'origin-invalid-response': 16, 'gateway-wrong-target': 3 },
  },
  { of: /HEADERS_TOO_LARGE/u, text: "the origin's headers are too large", weights: { 'origin-header-too-big': 20 } },
  {
    of: /CUT_BODY/u,
    text: "the origin's answer is cut off",
    weights: { 'truncated-body': 8, 'compression-or-length': 6, 'origin-closed-early': 4 },
  },
  {
    of: /_CODING|NOT_CODED/u,
    text: "the origin's answer is compressed wrongly",
    weights: { 'compression-or-length': 20 },
  },
  { of: /tls error/u, text: 'TLS with the origin fails', weights: { 'upstream-tls': 16 } },
  { of: /HTTP 500/u, text: 'the origin answers 500', weights: { 'app-error': 16 } },
  {
    of: /HTTP 503/u,
    text: 'the origin answers 503',
    weights: { 'origin-refusing': 6, maintenance: 6, 'origin-saturated': 4 },
  },
  { of: /HTTP 429/u, text: 'the origin answers 429', weights: { 'rate-limited': 10 } },
  { of: /HTTP 404/u, text: 'the origin answers 404', weights: { 'not-found': 10 } },
];

const failureClue = (twin: TwinAnswer): Clue => {
  const reason = twin.reason ?? '';
  const found = failures.find(({ of }) => of.test(reason));
  const said = `asked directly, ${found?.text ?? 'the origin fails too'} (${reason.slice(0, 120)})`;
  return {
    text: said,
    weights: {
      ...each(ofOrigin, 1.5),
      ...each(beforeOrigin, 0.3),
      'origin-unreachable': 1,
      'upstream-tls': 1,
      ...found?.weights,
    },
  };
};

const read = ({ seen: { look } }: Facts): readonly Clue[] => {
  const { twin, ref, failure } = look;
  if (twin === null || failure === null) return [];
  if (twin.verdict === 'bad') return [{ ...failureClue(twin), look: ref }];
  const weights = {
    ...{ ...each(ofOrigin, 0.06), ...each(beforeOrigin, 3), 'gateway-wrong-target': 5 },
    ...{ 'origin-header-too-big': 0.5, 'socket-missing': 0.8, 'socket-permission': 0.8 }, // it is asked at an address
  };
  return [{ text: 'asked directly at that moment, the origin answers well', weights, look: ref }];
};

/** The origin was asked directly when the public URL failed: edge bad and origin good puts the fault before the origin. */
export const twin: Rule = { id: 'twin', source: 'gateway-errors: "ask the origin directly"', part: 'weighing', read };
