import { all, body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'techdocs.akamai.com: edge error strings and reference numbers';

export const akamai: Product = {
  id: 'akamai',
  name: 'Akamai',
  role: 'edge',
  writes: [
    all(
      'proof',
      page,
      body(
        /Reference&#32;&#35;|Reference #[0-9a-f]{1,4}\.[0-9a-f]{4,12}\.\d{6,12}\.[0-9a-f]{4,12}|errors\.edgesuite\.net/u,
        'strong',
        page,
      ),
    ),
    header('Server', /^AkamaiGHost$/u, 'strong', page),
    header('Server', /^AkamaiNetStorage$/u, 'strong', page),
  ],
  passes: [
    header('Akamai-GRN', null, 'proof', page),
    header('X-Akamai-Transformed', null, 'proof', page),
    header('X-Cache', /\.akamaitechnologies\.com/u, 'proof', page),
    header('X-Akamai-Request-ID', null, 'proof', page),
  ],
  requestIds: ['Akamai-GRN', 'X-Akamai-Request-ID'],
  timeoutsS: [120],
  says: [
    {
      id: 'dns',
      status: [503],
      marks: [body(/DNS failure/iu, 'proof', page)],
      causes: { 'upstream-dns': 40 },
      because: 'Akamai says itself: DNS failure',
      source: page,
    },
    {
      id: 'connect',
      status: [503],
      marks: [body(/fail(?:ed)? to connect|connect (?:failed|timeout)/iu, 'proof', page)],
      causes: { 'origin-not-listening': 20, 'origin-unreachable': 20 },
      because: 'Akamai says itself that it failed to connect to the origin',
      source: page,
    },
    {
      id: 'zero',
      status: [502, 503],
      marks: [body(/zero size object/iu, 'proof', page)],
      causes: { 'origin-closed-early': 34, 'origin-reset': 5 },
      because: "Akamai says itself that the origin's answer was empty",
      source: page,
    },
    {
      id: '403',
      status: [403],
      causes: { blocked: 40 },
      because: 'a rule at Akamai turned the request away',
      source: page,
    },
    { id: '429', status: [429], causes: { 'rate-limited': 40 }, because: 'Akamai limits the rate', source: page },
    {
      id: '400',
      status: [400, 404, 405, 413, 414],
      causes: { 'gateway-config': 20, 'not-found': 6, 'request-too-large': 4 },
      because: 'Akamai itself refuses, or is not set up for this name',
      source: page,
    },
    {
      id: '503',
      status: [500, 502, 503],
      causes: {
        'origin-not-listening': 14,
        'origin-unreachable': 14,
        'origin-closed-early': 10,
        'upstream-dns': 5,
        'upstream-tls': 6,
        'origin-timeout': 4,
      },
      because: 'Akamai got no valid answer from the origin',
      source: page,
    },
    {
      id: '504',
      status: [504],
      causes: { 'origin-timeout': 24, 'origin-unreachable': 12, 'origin-saturated': 6 },
      because: 'Akamai waited for the origin until its timeout',
      source: page,
    },
  ],
};
