import { body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'ngrok.com/docs/errors';

export const ngrok: Product = {
  id: 'ngrok',
  name: 'ngrok',
  role: 'edge',
  writes: [header('ngrok-error-code', null, 'proof', page), body(/\bERR_NGROK_\d{3,5}\b/u, 'proof', page)],
  passes: [header('ngrok-trace-id', null, 'proof', page)],
  requestIds: ['ngrok-trace-id'],
  says: [
    {
      id: 'refused',
      status: [502],
      marks: [body(/ERR_NGROK_8012/u, 'proof', page)],
      causes: { 'origin-not-listening': 40 },
      because: "ngrok's ERR_NGROK_8012: nothing listens where the tunnel ends",
      source: page,
    },
    {
      id: 'offline',
      status: [404],
      causes: { 'origin-not-listening': 24, 'gateway-config': 10 },
      because: "ngrok's ERR_NGROK_3200: the tunnel is not connected",
      source: page,
    },
    {
      id: 'invalid',
      status: [502],
      causes: { 'origin-invalid-response': 20, 'origin-closed-early': 16 },
      because: "ngrok got no valid answer from the tunnel's end",
      source: page,
    },
    { id: '429', status: [429], causes: { 'rate-limited': 40 }, because: "ngrok's limits are reached", source: page },
    {
      id: 'other',
      status: [400, 401, 403, 500, 503, 504],
      causes: { 'gateway-config': 12, blocked: 8, 'origin-timeout': 5 },
      because: 'ngrok wrote this itself',
      source: page,
    },
  ],
};
