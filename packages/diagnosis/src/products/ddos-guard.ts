import { all, body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'ddos-guard.net: its protection pages';

export const ddosGuard: Product = {
  id: 'ddos-guard',
  name: 'DDoS-Guard',
  role: 'edge',
  writes: [
    all(
      'proof',
      page,
      header('Server', /^ddos-guard$/u, 'strong', page),
      body(/DDoS-Guard|ddos-guard\.net/iu, 'strong', page),
    ),
  ],
  passes: [header('Server', /^ddos-guard$/u, 'strong', page), header('Set-Cookie', /^__ddg\d/u, 'strong', page)],
  says: [
    {
      id: '403',
      status: [403, 429, 503],
      causes: { blocked: 40 },
      because: 'DDoS-Guard wants proof of a browser',
      source: page,
    },
    {
      id: '5xx',
      status: [500, 502, 504],
      causes: { 'origin-not-listening': 14, 'origin-unreachable': 14, 'origin-timeout': 8, 'origin-closed-early': 6 },
      because: 'DDoS-Guard got no answer from the origin',
      source: page,
    },
  ],
};
