import type { Weights } from '../causes.ts';
import type { Clue, Facts, Rule } from './rule.ts';

type Meaning = Readonly<{ text: string; weights: Weights }>;

/** What each status means when nobody knows who wrote it. */
const meanings: Readonly<Record<number, Meaning>> = {
  400: {
    text: 'the server calls the request bad',
    weights: {
      'wrong-scheme': 4,
      'gateway-config': 5,
      'app-error': 4,
      'origin-refusing': 4,
      blocked: 2,
      'request-too-large': 1,
    },
  },
  401: { text: 'the page wants a log-in', weights: { 'origin-refusing': 20, blocked: 3, 'gateway-config': 2 } },
  403: {
    text: 'the server refuses this request',
    weights: { blocked: 14, 'origin-refusing': 10, 'gateway-config': 5 },
  },
  404: {
    text: 'the server knows nothing at this address',
    weights: { 'not-found': 40, 'gateway-wrong-target': 2, 'app-error': 1, blocked: 0.5 },
  },
  405: {
    text: 'the server does not take this method here',
    weights: { 'origin-refusing': 16, blocked: 3, 'not-found': 1 },
  },
  407: { text: 'a proxy on the way wants a log-in', weights: { 'gateway-config': 10, blocked: 4 } },
  408: {
    text: 'the server waited for the request in vain',
    weights: { 'gateway-overloaded': 4, 'gateway-config': 4, 'origin-timeout': 4 },
  },
  410: { text: 'the server says that the page is gone for good', weights: { 'not-found': 40 } },
  413: { text: 'the request is larger than the server takes', weights: { 'request-too-large': 40 } },
  414: { text: "the request's address is longer than the server takes", weights: { 'request-too-large': 40 } },
  421: {
    text: 'the server is not the one for this name',
    weights: { 'gateway-config': 20, 'gateway-wrong-target': 4, 'edge-tls': 4 },
  },
  425: { text: 'the server will not answer so early', weights: { 'origin-refusing': 10 } },
  426: { text: 'the server wants another protocol', weights: { 'wrong-scheme': 8, 'gateway-config': 8 } },
  429: { text: 'the server says: too many requests', weights: { 'rate-limited': 40, blocked: 2 } },
  431: { text: "the request's headers are larger than the server takes", weights: { 'request-too-large': 40 } },
  451: { text: 'the page is withheld for legal reasons', weights: { blocked: 20, 'origin-refusing': 8 } },
  500: {
    text: 'the application failed, or a gateway for want of its own',
    weights: {
      'app-error': 40,
      'gateway-config': 4,
      'gateway-dependency': 1.5,
      'gateway-overloaded': 1,
      'upstream-tls': 0.5,
      'upstream-dns': 0.5,
      'origin-closed-early': 1,
    },
  },
  501: {
    text: 'the server knows no such method',
    weights: { 'origin-refusing': 10, 'gateway-config': 4, 'app-error': 3 },
  },
  502: {
    text: 'a gateway got no valid answer from behind it',
    weights: {
      'origin-not-listening': 20,
      'origin-closed-early': 10,
      'origin-reset': 5,
      'gateway-wrong-target': 5,
      'socket-missing': 4,
      'socket-permission': 3,
      'origin-invalid-response': 4,
      'origin-header-too-big': 3,
      'origin-unreachable': 5,
      'no-live-upstream': 3,
      'upstream-dns': 3,
      'upstream-tls': 3,
      'origin-saturated': 4,
      'origin-timeout': 3,
      'app-error': 1,
      'compression-or-length': 1.5,
      'truncated-body': 1,
    },
  },
  503: {
    text: 'the server, or one before it, will not serve now',
    weights: {
      maintenance: 8,
      'origin-refusing': 8,
      'origin-saturated': 7,
      'no-live-upstream': 8,
      'origin-not-listening': 12,
      'rate-limited': 4,
      'app-error': 3,
      'origin-unreachable': 4,
      'upstream-dns': 2,
      'gateway-wrong-target': 3,
      'gateway-overloaded': 3,
      'origin-timeout': 2,
      'origin-closed-early': 3,
      'origin-invalid-response': 1,
      'gateway-config': 1,
      'upstream-tls': 1,
    },
  },
  504: {
    text: 'a gateway got no answer in time from behind it',
    weights: {
      'origin-timeout': 24,
      'origin-saturated': 10,
      'origin-unreachable': 9,
      'upstream-dns': 2,
      'gateway-wrong-target': 2,
      'gateway-config': 1,
      'origin-not-listening': 1,
    },
  },
  505: {
    text: 'the server does not speak this version of HTTP',
    weights: { 'gateway-config': 10, 'origin-refusing': 4 },
  },
  507: { text: 'the server has no room left', weights: { 'app-error': 10, 'gateway-overloaded': 5 } },
  508: { text: 'the server found itself going round in a circle', weights: { 'gateway-config': 10, 'app-error': 6 } },
  509: {
    text: 'the bandwidth that the host allows is used up',
    weights: { 'rate-limited': 10, 'origin-refusing': 10 },
  },
  511: { text: 'the network wants a log-in first', weights: { blocked: 10, 'check-refused': 3 } },
};

const other = (status: number): Meaning | null => {
  if (status >= 500)
    return {
      text: `the server answered ${status}, which no standard names`,
      weights: {
        'app-error': 8,
        'origin-refusing': 3,
        'origin-closed-early': 2,
        'gateway-config': 2,
        'origin-unreachable': 2,
      },
    };
  if (status >= 400)
    return {
      text: `the server refused with ${status}`,
      weights: { 'origin-refusing': 10, blocked: 4, 'app-error': 3, 'gateway-config': 2 },
    };
  return null;
};

const read = ({ seen: { look } }: Facts): readonly Clue[] => {
  const { answer, ref } = look;
  const status = answer?.status ?? (look.failure?.kind === 'status' ? look.failure.status : null);
  const meaning = status === null ? null : (meanings[status] ?? other(status));
  return meaning === null ? [] : [{ text: `HTTP ${status}: ${meaning.text}`, weights: meaning.weights, look: ref }];
};

/** The status alone; only where the product that wrote it says nothing more. */
export const status: Rule = {
  id: 'status',
  source: 'RFC 9110, section 15; RFC 6585',
  part: 'opening',
  read,
};
