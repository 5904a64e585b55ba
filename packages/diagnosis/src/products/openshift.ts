import { all, body } from './marks.ts';
import type { Product } from './product.ts';

const page = 'docs.openshift.com: ingress operator; router images/error-page-503.http';

export const openshift: Product = {
  id: 'openshift',
  name: 'OpenShift router',
  role: 'gateway',
  writes: [
    all(
      'proof',
      page,
      body(/<h1>Application is not available<\/h1>/u, 'strong', page),
      body(/The application is currently not serving requests at this endpoint/u, 'strong', page),
    ),
  ],
  passes: [],
  says: [
    {
      id: '503',
      status: [503],
      causes: { 'no-live-upstream': 20, 'origin-not-listening': 16, 'gateway-config': 14 },
      because: 'the router has no route for this host, or no pod that is ready',
      source: page,
    },
  ],
};
