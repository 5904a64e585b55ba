import { all, body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'cloud.google.com/run/docs/troubleshooting and App Engine: its error pages';

export const googleFrontend: Product = {
  id: 'google-frontend',
  name: 'Google Frontend',
  role: 'platform',
  writes: [
    all(
      'proof',
      page,
      header('Server', /^Google Frontend$/u, 'strong', page),
      body(
        /<h1>Error: (?:Server Error|Not Found|Forbidden|Page not found)<\/h1>|^Rate exceeded\.\s?$/u,
        'strong',
        page,
      ),
    ),
    body(/<p><b>(?:4|5)\d\d\.<\/b> <ins>That(?:’|'|&#39;)s an error\.<\/ins>/u, 'proof', page),
  ],
  passes: [
    header('Server', /^Google Frontend$/u, 'strong', page),
    header('X-Cloud-Trace-Context', null, 'strong', page),
  ],
  requestIds: ['X-Cloud-Trace-Context'],
  timeoutsS: [60, 300],
  says: [
    {
      id: '500',
      status: [500],
      causes: { 'app-error': 24, 'origin-saturated': 8, 'origin-not-listening': 3 },
      because: 'the service at Google failed, or no instance could be started',
      source: page,
    },
    {
      id: '502',
      status: [502],
      causes: { 'origin-closed-early': 20, 'origin-saturated': 6, 'origin-timeout': 4, 'origin-not-listening': 4 },
      because: 'the instance at Google broke off',
      source: page,
    },
    {
      id: '503',
      status: [503],
      causes: {
        'origin-closed-early': 16,
        'origin-not-listening': 12,
        'origin-saturated': 12,
        'origin-invalid-response': 4,
      },
      because: 'the container at Google did not start, crashed, or answered with nothing valid',
      source: page,
    },
    {
      id: '504',
      status: [504],
      causes: { 'origin-timeout': 36, 'origin-saturated': 4 },
      because: 'the instance at Google did not answer in time',
      source: page,
    },
    {
      id: '429',
      status: [429],
      causes: { 'origin-saturated': 16, 'rate-limited': 20 },
      because: 'no instance at Google was free, or its quota is used up',
      source: page,
    },
    {
      id: '403',
      status: [401, 403],
      causes: { 'origin-refusing': 20, blocked: 8 },
      because: 'Google refuses: the service is not public',
      source: page,
    },
    {
      id: '404',
      status: [404],
      causes: { 'not-found': 20, 'gateway-config': 14 },
      because: 'Google knows no such service or page',
      source: page,
    },
  ],
};
