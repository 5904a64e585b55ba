import type { Weights } from '../causes.ts';

/**
 * What lies behind the short answers that many gateways give to many causes: the same bytes, so only how common each cause
 * is tells them apart. Shares after the order in which owners meet them (gateway-errors: "causes of a 502, commonest first").
 */
export const quickBadGateway: Weights = {
  ...{ 'origin-not-listening': 32, 'origin-closed-early': 14, 'origin-reset': 9, 'gateway-wrong-target': 8 },
  ...{ 'socket-missing': 7, 'socket-permission': 5, 'origin-invalid-response': 6, 'origin-header-too-big': 6 },
  ...{ 'upstream-tls': 5, 'no-live-upstream': 4, 'upstream-dns': 4, 'origin-saturated': 4, 'origin-unreachable': 3 },
};
/** Without those for whom the gateway has another status. */
export const brokenAnswer: Weights = {
  ...{ 'origin-closed-early': 20, 'origin-reset': 12, 'origin-invalid-response': 10, 'origin-header-too-big': 9 },
  ...{ 'gateway-wrong-target': 7, 'upstream-tls': 6, 'origin-saturated': 3 },
};
/** It was working on the request when it died. */
export const diedWorking: Weights = {
  ...{
    'origin-closed-early': 28,
    'origin-reset': 19,
    'origin-saturated': 5,
    'origin-invalid-response': 4,
    'app-error': 3,
  },
  ...{
    'origin-header-too-big': 3,
    'origin-timeout': 4,
    'no-live-upstream': 2,
    'origin-unreachable': 3,
    'upstream-dns': 2,
  },
  ...{ 'upstream-tls': 1.5, 'origin-not-listening': 2 },
  'gateway-wrong-target': 1.5,
};
/** Nothing came in time. */
export const noAnswerInTime: Weights = {
  ...{ 'origin-timeout': 34, 'origin-saturated': 16, 'origin-unreachable': 18, 'gateway-wrong-target': 3 },
  ...{ 'upstream-dns': 2, 'upstream-tls': 2 },
};
/** No connection came about. */
export const noConnection: Weights = {
  ...{ 'origin-not-listening': 30, 'gateway-wrong-target': 7, 'socket-missing': 6, 'socket-permission': 4 },
  ...{ 'origin-unreachable': 7, 'no-live-upstream': 8, 'origin-saturated': 4, 'upstream-dns': 4, 'upstream-tls': 2 },
};
