import type { Weights } from '../causes.ts';
import { noAnswerInTime } from './gateway-causes.ts';
import { all, body, header } from './marks.ts';
import type { Product, Saying } from './product.ts';

const page = 'docs.digitalocean.com/products/app-platform: error codes';
const flags = 'x-do-failure-code as seen; Envoy docs: "Response flags"';

/** It names the reason with the response flags of Envoy, which it is built on. */
const flagged = (id: string, flag: RegExp, causes: Weights, words: string): Saying => ({
  ...{ id, status: [429, 500, 502, 503, 504], causes, source: flags },
  marks: [header('x-do-failure-code', flag, 'proof', page)],
  because: `App Platform says itself: ${words}`,
});

export const digitalocean: Product = {
  id: 'digitalocean',
  name: 'DigitalOcean App Platform',
  role: 'platform',
  writes: [
    header('x-do-failure-code', null, 'proof', page),
    header('x-do-failure-msg', null, 'proof', page),
    body(/App Platform failed to forward this request to the application\./u, 'proof', page),
    all(
      'proof',
      page,
      header('x-do-orig-status', null, 'strong', page),
      body(/via_upstream|App Platform/u, 'strong', page),
    ),
  ],
  passes: [header('x-do-app-origin', null, 'proof', page), header('x-do-orig-status', null, 'proof', page)],
  requestIds: ['x-do-app-origin'],
  timeoutsS: [60, 100],
  says: [
    flagged('none', /^UH$/u, { 'no-live-upstream': 40 }, 'no healthy instance (UH)'),
    flagged(
      'refused',
      /^(?:UF|LH)$/u,
      { 'origin-not-listening': 26, 'gateway-wrong-target': 8, 'origin-unreachable': 6 },
      'no connection to the instance (UF)',
    ),
    flagged('late', /^(?:UT|SI|DT)$/u, { 'origin-timeout': 34, 'origin-saturated': 8 }, 'no answer in time (UT)'),
    flagged(
      'broken',
      /^(?:UC|UR|UPE|LR)$/u,
      { 'origin-closed-early': 22, 'origin-reset': 14, 'origin-invalid-response': 4, 'origin-saturated': 3 },
      'the instance broke the connection off (UC)',
    ),
    flagged('full', /^(?:UO|OM)$/u, { 'origin-saturated': 30, 'gateway-overloaded': 6 }, 'too many requests open (UO)'),
    flagged('limited', /^(?:RL|RLSE)$/u, { 'rate-limited': 40 }, 'its rate limit (RL)'),
    {
      id: '502',
      status: [502, 503],
      causes: {
        'origin-not-listening': 24,
        'origin-closed-early': 14,
        'origin-reset': 6,
        'gateway-wrong-target': 6,
        'no-live-upstream': 4,
        'origin-saturated': 3,
      },
      because: 'App Platform could not forward the request: the app is not running, or broke off',
      source: page,
    },
    { id: '504', status: [504], causes: noAnswerInTime, because: 'the app did not answer in time', source: page },
    {
      id: 'other',
      status: [400, 403, 404, 500],
      causes: { 'gateway-config': 14, 'app-error': 10, 'not-found': 6 },
      because: 'App Platform wrote this itself',
      source: page,
    },
  ],
};
