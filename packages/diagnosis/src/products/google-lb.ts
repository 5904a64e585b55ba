import { body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'cloud.google.com/load-balancing/docs/https/troubleshooting-ext-https-lbs';

export const googleLb: Product = {
  id: 'google-lb',
  name: 'Google Cloud load balancer',
  role: 'gateway',
  writes: [
    body(
      /<h1>Error: Server Error<\/h1>\s{0,4}<h2>The server encountered a temporary error and could not complete your request\.\s{0,2}<p>\s{0,2}Please try again in 30 seconds\./u,
      'proof',
      page,
    ),
  ],
  passes: [header('Via', /\b1\.1 google\b/u, 'proof', page)],
  requestIds: ['X-Cloud-Trace-Context'],
  timeoutsS: [30],
  says: [
    {
      id: '502-quick',
      status: [502],
      pace: 'instant',
      causes: {
        'no-live-upstream': 20,
        'origin-not-listening': 14,
        'origin-closed-early': 12,
        'origin-reset': 10,
        'origin-unreachable': 5,
        'upstream-tls': 4,
      },
      because: "Google's load balancer found no healthy backend, or the backend closed",
      source: page,
    },
    {
      id: '502-timeout',
      status: [502],
      pace: 'timeout',
      causes: { 'origin-timeout': 26, 'origin-saturated': 8, 'origin-closed-early': 8, 'origin-unreachable': 5 },
      because: "Google's load balancer answers 502 also when the backend is silent until its timeout (30 s)",
      source: page,
    },
    {
      id: '502',
      status: [502],
      causes: {
        'origin-closed-early': 18,
        'no-live-upstream': 10,
        'origin-reset': 10,
        'origin-timeout': 6,
        'origin-not-listening': 6,
        'origin-unreachable': 5,
      },
      because: "Google's load balancer got no valid answer from the backend",
      source: page,
    },
    {
      id: '503',
      status: [503],
      causes: { 'no-live-upstream': 24, 'origin-saturated': 8, 'gateway-overloaded': 2, 'origin-unreachable': 4 },
      because: "Google's load balancer has no backend to ask",
      source: page,
    },
    {
      id: '504',
      status: [504, 408],
      causes: { 'origin-timeout': 30, 'origin-saturated': 8 },
      because: "the backend did not answer within Google's timeout",
      source: page,
    },
    { id: '403', status: [403], causes: { blocked: 40 }, because: 'Cloud Armor turned the request away', source: page },
    { id: '429', status: [429], causes: { 'rate-limited': 40 }, because: 'Cloud Armor limits the rate', source: page },
    {
      id: 'other',
      status: [400, 404, 411, 413, 500, 501],
      causes: { 'gateway-config': 14, 'gateway-overloaded': 5, 'request-too-large': 4 },
      because: "Google's load balancer wrote this itself",
      source: page,
    },
  ],
};
