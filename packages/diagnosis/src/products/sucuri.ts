import { body, header, title } from './marks.ts';
import type { Product } from './product.ts';

const page = 'docs.sucuri.net: website firewall, error pages';

export const sucuri: Product = {
  id: 'sucuri',
  name: 'Sucuri',
  role: 'edge',
  writes: [
    // Badges of it stand on sites' own pages, so its name alone says nothing.
    header('X-Sucuri-Block', null, 'proof', page),
    title(/^Sucuri Website Firewall - /iu, 'proof', page),
    body(/cdn\.sucuri\.net\/sucuri-firewall-block\.css/u, 'proof', page),
  ],
  passes: [
    header('X-Sucuri-ID', null, 'proof', page),
    header('Server', /^Sucuri\/Cloudproxy/u, 'strong', page),
    header('X-Sucuri-Cache', null, 'strong', page),
  ],
  requestIds: ['X-Sucuri-ID'],
  says: [
    {
      id: '403',
      status: [403, 406, 429],
      causes: { blocked: 40 },
      because: "Sucuri's firewall turned the request away",
      source: page,
    },
    {
      id: 'timeout',
      status: [502, 503, 504],
      marks: [body(/(?:backend|gateway)[^<]{0,20}time(?:d )?-?out/iu, 'proof', page)],
      causes: { 'origin-unreachable': 20, 'origin-timeout': 14, 'origin-saturated': 5 },
      because: 'Sucuri waited for the origin in vain',
      source: page,
    },
    {
      id: '5xx',
      status: [500, 502, 503, 504],
      causes: {
        'origin-not-listening': 14,
        'origin-unreachable': 14,
        'upstream-tls': 6,
        'origin-closed-early': 6,
        'origin-timeout': 5,
      },
      because: 'Sucuri got no answer from the origin',
      source: page,
    },
  ],
};
