import { all, body, header, status } from './marks.ts';
import type { Product } from './product.ts';

const page = 'docs.bunny.net: origin errors; its 502 page as kept in public pastes (2024)';

export const bunny: Product = {
  id: 'bunny',
  name: 'bunny.net',
  role: 'edge',
  writes: [
    all(
      'proof',
      page,
      header('Server', /^BunnyCDN-/u, 'strong', page),
      body(/bunnynetassets\.b-cdn\.net\/error\./u, 'strong', page),
      status([403, 404, 429, 500, 502, 503, 504], 'hint', page),
    ),
  ],
  passes: [header('Server', /^BunnyCDN-/u, 'proof', page), header('CDN-RequestId', null, 'strong', page)],
  requestIds: ['CDN-RequestId'],
  says: [
    {
      id: '403',
      status: [403, 429],
      causes: { blocked: 40 },
      because: 'a rule at bunny.net turned the request away',
      source: page,
    },
    {
      id: '404',
      status: [404],
      causes: { 'gateway-config': 20, 'not-found': 14 },
      because: 'bunny.net is not set up for this name',
      source: page,
    },
    {
      id: '5xx',
      status: [500, 502, 503, 504],
      causes: {
        'origin-not-listening': 14,
        'origin-unreachable': 12,
        'origin-timeout': 8,
        'upstream-dns': 4,
        'upstream-tls': 5,
      },
      because: 'bunny.net got no answer from the origin',
      source: page,
    },
  ],
};
