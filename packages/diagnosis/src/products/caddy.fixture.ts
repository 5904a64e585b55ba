import { type Sample, sample } from './sample.fixture.ts';

/** Recorded from Debian caddy 2.6.2: what it sent, how long it took (timeouts set to 2 s), and what was done to it. */
export const caddySamples: readonly Sample[] = [
  sample(
    'caddy',
    'a dead origin',
    3,
    'HTTP/1.1 502 Bad Gateway\nServer: Caddy\nDate: Sat, 28 Nov 2026 04:48:47 GMT\nContent-Length: 0\nConnection: close',
    '',
    ['origin-not-listening'],
  ),
  sample(
    'caddy',
    'a silent origin',
    2002,
    'HTTP/1.1 504 Gateway Timeout\nServer: Caddy\nDate: Sat, 28 Nov 2026 04:48:49 GMT\nContent-Length: 0\nConnection: close',
    '',
    ['origin-timeout'],
  ),
  sample(
    'caddy',
    'an origin that closes',
    4,
    'HTTP/1.1 502 Bad Gateway\nServer: Caddy\nDate: Sat, 28 Nov 2026 04:48:49 GMT\nContent-Length: 0\nConnection: close',
    '',
    ['origin-closed-early'],
  ),
  sample(
    'caddy',
    'an origin that dies after 1.3 s',
    1301,
    'HTTP/1.1 502 Bad Gateway\nServer: Caddy\nDate: Sat, 28 Nov 2026 04:48:51 GMT\nContent-Length: 0\nConnection: close',
    '',
    ['origin-closed-early'],
  ),
  sample(
    'caddy',
    'an origin that drops SYN',
    2001,
    'HTTP/1.1 502 Bad Gateway\nServer: Caddy\nDate: Sat, 28 Nov 2026 04:48:53 GMT\nContent-Length: 0\nConnection: close',
    '',
    ['origin-unreachable'],
  ),
  sample(
    'caddy',
    'a name that will not resolve',
    2,
    'HTTP/1.1 502 Bad Gateway\nServer: Caddy\nDate: Sat, 28 Nov 2026 04:48:53 GMT\nContent-Length: 0\nConnection: close',
    '',
    ['upstream-dns'],
  ),
  sample(
    'caddy',
    'no such page',
    0,
    'HTTP/1.1 404 Not Found\nServer: Caddy\nDate: Sat, 28 Nov 2026 04:48:58 GMT\nContent-Length: 0\nConnection: close',
    '',
    ['not-found'],
  ),
  sample(
    'caddy',
    'respond 503',
    0,
    'HTTP/1.1 503 Service Unavailable\nServer: Caddy\nDate: Sat, 28 Nov 2026 04:48:58 GMT\nContent-Length: 0\nConnection: close',
    '',
    ['maintenance'],
  ),
];
