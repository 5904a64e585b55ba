import { diedWorking, noAnswerInTime, quickBadGateway } from './gateway-causes.ts';
import { all, body, header, noHeader, status } from './marks.ts';
import type { Product } from './product.ts';

const errors = 'Traefik, pkg/proxy/httputil/proxy.go (errors are the status text as text/plain)';
const plain = (text: RegExp) =>
  all(
    'proof',
    errors,
    body(text, 'strong', errors),
    noHeader('Server', 'hint', errors),
    noHeader('X-Powered-By', 'hint', errors),
    noHeader('Via', 'hint', errors),
    noHeader('Cache-Control', 'hint', errors),
    noHeader('X-Content-Type-Options', 'hint', errors),
    status([502, 503, 504], 'hint', errors),
  );

export const traefik: Product = {
  id: 'traefik',
  name: 'Traefik',
  role: 'gateway',
  writes: [plain(/^(?:Bad Gateway|Gateway Timeout)$/u), plain(/^no available server\s?$/u)],
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
      causes: { 'no-live-upstream': 40, 'gateway-config': 4 },
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
