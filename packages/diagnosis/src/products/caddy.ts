import { diedWorking, noAnswerInTime, quickBadGateway } from './gateway-causes.ts';
import { all, emptyBody, header, noHeader, onlyHeader, order, status } from './marks.ts';
import type { Product } from './product.ts';

const errors = 'Caddy, modules/caddyhttp/reverseproxy/reverseproxy.go (statusError); measured, Debian caddy 2.6';

export const caddy: Product = {
  id: 'caddy',
  name: 'Caddy',
  role: 'gateway',
  writes: [
    all(
      'proof',
      errors,
      onlyHeader('Server', /^Caddy$/u, 'strong', errors),
      emptyBody('hint', errors),
      status([400, 403, 404, 405, 413, 421, 429, 500, 501, 502, 503, 504], 'hint', errors),
      noHeader('X-Powered-By', 'hint', errors),
      noHeader('Content-Type', 'hint', errors),
      // What it passes on is sorted by name; on its own answers these are added after what it set itself.
      order('hint', errors, 'Server', 'Date', 'Content-Length'),
    ),
    all(
      'proof',
      errors,
      onlyHeader('Server', /^Caddy$/u, 'strong', errors),
      emptyBody('hint', errors),
      status([400, 403, 404, 405, 413, 421, 429, 500, 501, 502, 503, 504], 'hint', errors),
      noHeader('X-Powered-By', 'hint', errors),
      noHeader('Content-Type', 'hint', errors),
      order('hint', errors, 'Server', 'Content-Length', 'Date'),
    ),
  ],
  passes: [header('Server', /^Caddy$/u, 'strong', errors), header('Via', /\bCaddy\b/u, 'proof', errors)],
  timeoutsS: [3, 10],
  says: [
    {
      id: '502-quick',
      status: [502],
      pace: 'instant',
      causes: quickBadGateway,
      because: 'Caddy answers an empty 502 at once when its connection to the upstream fails or breaks',
      source: errors,
    },
    {
      ...{ id: '502-timeout', status: [502], pace: 'timeout', source: errors },
      causes: {
        ...{ 'origin-unreachable': 30, 'origin-closed-early': 8, 'upstream-tls': 6, 'origin-saturated': 5 },
        ...{ 'origin-timeout': 5, 'upstream-dns': 4, 'no-live-upstream': 4, 'origin-reset': 3 },
        ...{ 'gateway-wrong-target': 2 },
      },
      because: 'Caddy answers an empty 502 when connecting took until its dial timeout (3 s by default)',
    },
    {
      id: '502',
      status: [502],
      causes: { ...diedWorking, 'origin-unreachable': 5 },
      because: 'Caddy answers an empty 502 when the upstream breaks off',
      source: errors,
    },
    {
      id: '503',
      status: [503],
      causes: {
        'no-live-upstream': 26,
        maintenance: 12,
        'origin-not-listening': 7,
        'gateway-config': 4,
        'origin-refusing': 2,
      },
      because: 'Caddy answers 503 when no upstream is available',
      source: errors,
    },
    {
      id: '504',
      status: [504],
      causes: noAnswerInTime,
      because: 'Caddy waited for the upstream until its timeout',
      source: errors,
    },
    {
      id: '403',
      status: [403],
      causes: { blocked: 14, 'gateway-config': 10 },
      because: 'Caddy itself refuses',
      source: errors,
    },
    {
      id: '404',
      status: [404],
      causes: { 'not-found': 40, 'gateway-config': 5 },
      because: 'Caddy itself finds nothing at this address',
      source: errors,
    },
    {
      id: '4xx',
      status: [400, 413, 429],
      causes: { 'request-too-large': 10, 'gateway-config': 6, 'rate-limited': 4 },
      because: 'Caddy itself refuses the request',
      source: errors,
    },
    {
      id: '500',
      status: [500],
      causes: {
        'gateway-config': 22,
        'gateway-dependency': 8,
        'app-error': 6,
        'gateway-overloaded': 3,
        'request-too-large': 2,
      },
      because: 'Caddy wrote this empty 500 itself',
      source: errors,
    },
  ],
};
