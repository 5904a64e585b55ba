import { all, body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'docs.railway.com/reference/errors/application-failed-to-respond';

export const railway: Product = {
  id: 'railway',
  name: 'Railway',
  role: 'platform',
  writes: [
    all(
      'proof',
      page,
      header('x-railway-fallback', /^true$/u, 'strong', page),
      header('Server', /^railway-/u, 'strong', page),
    ),
    // Through another edge the header comes along, even on a page with which that edge replaced Railway's.
    header('x-railway-fallback', /^true$/u, 'strong', page),
    body(
      /^\{"status":"error","code":\d{3},"message":"Application (?:failed to respond|not found)"(?:,"request_id":"[\w-]{3,60}")?\}\s?$/u,
      'proof',
      page,
    ),
  ],
  passes: [
    header('x-railway-request-id', null, 'proof', page),
    header('x-railway-edge', null, 'proof', page),
    header('Server', /^railway-/u, 'strong', page),
  ],
  requestIds: ['x-railway-request-id'],
  timeoutsS: [15, 60],
  says: [
    {
      id: '404',
      status: [404],
      causes: { 'gateway-config': 26, 'not-found': 6, 'origin-not-listening': 8 },
      because: 'Railway knows no running application of this name',
      source: page,
    },
    {
      id: '502-timeout',
      status: [502, 503, 504],
      pace: 'timeout',
      causes: { 'origin-timeout': 26, 'origin-saturated': 8, 'origin-closed-early': 4 },
      because: "the application did not answer within Railway's timeout",
      source: page,
    },
    {
      id: '502',
      status: [500, 502, 503],
      causes: {
        'origin-not-listening': 28,
        'gateway-wrong-target': 10,
        'origin-closed-early': 12,
        'origin-reset': 4,
        'origin-saturated': 4,
      },
      because:
        'Railway could not reach the application: it is not running, or listens on another port or only on localhost',
      source: page,
    },
  ],
};
