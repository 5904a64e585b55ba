import { diedWorking, noAnswerInTime, quickBadGateway } from './gateway-causes.ts';
import { all, body, header, noHeader, order, status } from './marks.ts';
import type { Product } from './product.ts';

const errors = 'Traefik, pkg/proxy/httputil/proxy.go (errors are the status text as text/plain)';
/**
 * Go's server puts what it adds itself in this order, over HTTP/1 and over HTTP/2. Any Go program may say "Internal Server
 * Error" or "Service Unavailable" so: only what a gateway alone says counts.
 */
const plain = (...names: readonly string[]) =>
  all(
    'proof',
    errors,
    body(/^(?:Bad Gateway|Gateway Timeout)$/u, 'strong', errors),
    header('Content-Type', /^text\/plain; charset=utf-8$/u, 'hint', errors),
    ...['Server', 'X-Powered-By', 'Via', 'Cache-Control', 'X-Content-Type-Options', 'ETag', 'Keep-Alive'].map((name) =>
      noHeader(name, 'hint', errors),
    ),
    order('hint', errors, ...names),
    status([502, 504], 'hint', errors),
  );

export const traefik: Product = {
  id: 'traefik',
  name: 'Traefik',
  role: 'gateway',
  writes: [
    plain('Date', 'Content-Length', 'Content-Type'),
    plain('Content-Type', 'Content-Length', 'Date'),
    body(/^no available server\s{0,2}$/u, 'proof', 'Traefik, pkg/server/service/loadbalancer/wrr/wrr.go'),
  ],
  passes: [header('X-Traefik-Router', null, 'strong', errors)],
  timeoutsS: [30, 60],
  says: [
    {
      id: '502-quick',
      status: [502],
      pace: 'instant',
      causes: quickBadGateway,
      because: 'Traefik answers 502 at once when its connection to the service fails or breaks',
      source: errors,
    },
    { id: '502', status: [502], causes: diedWorking, because: 'the service broke off while it worked', source: errors },
    {
      id: '503',
      status: [503],
      causes: { 'no-live-upstream': 36, 'origin-not-listening': 20, 'gateway-config': 8 },
      because: 'Traefik has no server left for this service',
      source: errors,
    },
    {
      id: '504',
      status: [504],
      causes: noAnswerInTime,
      because: 'Traefik waited for the service until its timeout',
      source: errors,
    },
  ],
};
