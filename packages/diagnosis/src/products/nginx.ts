import type { Product } from './product.ts';

const page = 'nginx, src/http/ngx_http_special_response.c';
const proxy = 'nginx, src/http/ngx_http_upstream.c';

export const nginx: Product = {
  id: 'nginx',
  name: 'nginx',
  role: 'gateway',
  writes: [
    { kind: 'body', has: /<hr><center>nginx(?:\/[\d.]+)?<\/center>/u, weight: 'proof', source: page },
    { kind: 'header', name: 'Server', value: /^nginx(?:\/[\d.]+)?(?: \(\w+\))?$/u, weight: 'hint', source: page },
  ],
  passes: [{ kind: 'header', name: 'Server', value: /^nginx\b/u, weight: 'strong', source: page }],
  timeoutsS: [60],
  says: [
    {
      id: 'nginx-502-instant',
      status: [502],
      pace: 'instant',
      causes: {
        'origin-not-listening': 40,
        'origin-closed-early': 14,
        'socket-missing': 8,
        'socket-permission': 5,
        'gateway-wrong-target': 8,
        'origin-reset': 6,
        'origin-invalid-response': 4,
        'origin-header-too-big': 4,
        'no-live-upstream': 4,
        'upstream-tls': 3,
        'upstream-dns': 2,
        'origin-saturated': 3,
        'origin-unreachable': 2,
      },
      because: 'nginx answers 502 at once when its connection to the upstream fails or breaks',
      source: proxy,
    },
  ],
};
