import { body } from './marks.ts';
import type { Product } from './product.ts';

const page = 'kubernetes/ingress-nginx, docs/user-guide/default-backend.md';

export const ingressDefault: Product = {
  id: 'ingress-default',
  name: 'Kubernetes ingress',
  role: 'gateway',
  writes: [
    body(/^default backend - 404\s?$/u, 'proof', page),
    body(/^response 404 \(backend NotFound\), service rules for the path non-existent/u, 'proof', page),
  ],
  passes: [],
  says: [
    {
      id: '404',
      status: [404],
      causes: { 'gateway-config': 34, 'not-found': 6, 'origin-not-listening': 2 },
      because: 'no ingress rule fits this host and path',
      source: page,
    },
    {
      id: '503',
      status: [503],
      causes: { 'no-live-upstream': 40 },
      because: 'the service behind the ingress has no endpoints',
      source: page,
    },
  ],
};
