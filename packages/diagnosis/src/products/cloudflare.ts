import type { Product } from './product.ts';

const errors = 'developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors';

export const cloudflare: Product = {
  id: 'cloudflare',
  name: 'Cloudflare',
  role: 'edge',
  writes: [{ kind: 'body', has: /cf-error-details|Cloudflare Ray ID/u, weight: 'proof', source: errors }],
  passes: [
    { kind: 'header', name: 'CF-RAY', weight: 'proof', source: errors },
    { kind: 'header', name: 'Server', value: /^cloudflare$/u, weight: 'strong', source: errors },
  ],
  requestIds: ['CF-RAY'],
  timeoutsS: [100],
  says: [],
};
