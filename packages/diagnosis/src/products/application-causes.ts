import type { Saying } from './product.ts';

/** What an application server means by its own error pages. */
export const applicationSays = (name: string, source: string): readonly Saying[] => [
  {
    id: '404',
    status: [404],
    causes: { 'not-found': 40, 'app-error': 2, 'gateway-wrong-target': 1.5 },
    because: `${name} answered, and knows nothing at this address`,
    source,
  },
  {
    id: '500',
    status: [500],
    causes: { 'app-error': 60 },
    because: `${name} answered itself: the application failed`,
    source,
  },
  {
    id: '403',
    status: [401, 403],
    causes: { 'origin-refusing': 24, blocked: 5, 'app-error': 2 },
    because: `${name} answered itself, and refuses`,
    source,
  },
  {
    id: '4xx',
    status: [400, 405, 406, 413, 414, 415, 421, 422, 431],
    causes: { 'origin-refusing': 18, 'request-too-large': 4, 'gateway-config': 4, 'app-error': 4 },
    because: `${name} answered itself, and does not take this request`,
    source,
  },
  { id: '429', status: [429], causes: { 'rate-limited': 40 }, because: `${name} limits the rate`, source },
  {
    id: '503',
    status: [503],
    causes: { 'origin-refusing': 14, maintenance: 10, 'origin-saturated': 10, 'app-error': 8 },
    because: `${name} answered itself, and will not serve now`,
    source,
  },
  {
    id: '5xx',
    status: [501, 502, 504, 505, 507, 508, 509, 599],
    causes: { 'app-error': 24, 'gateway-dependency': 3, 'origin-refusing': 3 },
    because: `${name} wrote this itself: something behind the application failed it`,
    source,
  },
];
