import { noAnswerInTime } from './gateway-causes.ts';
import { all, body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'docs.digitalocean.com/products/app-platform: error codes';

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
