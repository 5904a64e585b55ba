import { body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'developer.fastly.com/reference/errors and docs.fastly.com: common 503 errors';

export const fastly: Product = {
  id: 'fastly',
  name: 'Fastly',
  role: 'edge',
  writes: [
    body(/<h3>Guru Mediation:<\/h3>/u, 'proof', page),
    body(/<p>Details: cache-[A-Za-z0-9-]{3,40}(?: \d{5,20} \d{3,20})?<\/p>/u, 'proof', page),
    body(/Fastly error: unknown domain/u, 'proof', page),
  ],
  passes: [
    header('X-Served-By', /\bcache-[A-Za-z0-9-]{3,40}/u, 'proof', page),
    header('X-Fastly-Request-ID', null, 'proof', page),
  ],
  requestIds: ['X-Fastly-Request-ID'],
  timeoutsS: [15, 1],
  says: [
    {
      id: 'domain',
      status: [404, 500],
      marks: [body(/unknown domain/u, 'proof', page)],
      causes: { 'gateway-config': 40 },
      because: 'Fastly has no service for this name',
      source: page,
    },
    {
      id: 'first-byte',
      status: [503],
      marks: [body(/first byte timeout|between bytes timeout/u, 'proof', page)],
      causes: { 'origin-timeout': 34, 'origin-saturated': 7 },
      because: 'Fastly says itself: first byte timeout',
      source: page,
    },
    {
      id: 'connect-timeout',
      status: [503],
      marks: [body(/connection timed out/iu, 'proof', page)],
      causes: { 'origin-unreachable': 34, 'origin-saturated': 4 },
      because: 'Fastly says itself: connection timed out',
      source: page,
    },
    {
      id: 'refused',
      status: [503],
      marks: [body(/connection refused/iu, 'proof', page)],
      causes: { 'origin-not-listening': 36, 'origin-refusing': 3 },
      because: 'Fastly says itself: connection refused',
      source: page,
    },
    {
      id: 'read',
      status: [503],
      marks: [body(/backend (?:read|write) error/u, 'proof', page)],
      causes: { 'origin-closed-early': 24, 'origin-reset': 14, 'origin-invalid-response': 5 },
      because: 'Fastly says itself: backend read error',
      source: page,
    },
    {
      id: 'tls',
      status: [503],
      marks: [
        body(
          /hostname doesn(?:'|&#39;)t match against certificate|SSL handshake error|certificate (?:has expired|is not yet valid)|unable to get local issuer|self[- ]signed certificate/u,
          'proof',
          page,
        ),
      ],
      causes: { 'upstream-tls': 40 },
      because: 'Fastly says itself that TLS with the origin failed',
      source: page,
    },
    {
      id: 'unhealthy',
      status: [503],
      marks: [body(/no (?:healthy )?backends?|all backends failed or unhealthy|backend is unhealthy/iu, 'proof', page)],
      causes: { 'no-live-upstream': 40 },
      because: 'Fastly says itself that every backend is unhealthy',
      source: page,
    },
    {
      id: 'max',
      status: [503],
      marks: [body(/backend\.max_conn reached/iu, 'proof', page)],
      causes: { 'origin-saturated': 34, 'gateway-overloaded': 4 },
      because: "Fastly says itself that the backend's connections are used up",
      source: page,
    },
    {
      id: '503',
      status: [503],
      causes: {
        'origin-not-listening': 12,
        'origin-unreachable': 10,
        'origin-timeout': 10,
        'origin-closed-early': 8,
        'no-live-upstream': 8,
        'upstream-tls': 6,
        maintenance: 2,
      },
      because: 'Fastly got no answer from the origin',
      source: page,
    },
    {
      id: '403',
      status: [403],
      causes: { blocked: 40 },
      because: 'a rule at Fastly turned the request away',
      source: page,
    },
    { id: '429', status: [429], causes: { 'rate-limited': 40 }, because: 'Fastly limits the rate', source: page },
    {
      id: '5xx',
      status: [500, 502, 504],
      causes: { 'gateway-config': 10, 'origin-timeout': 8, 'origin-closed-early': 8 },
      because: 'Fastly wrote this itself',
      source: page,
    },
  ],
};
