import { all, body, header, title } from './marks.ts';
import type { Product } from './product.ts';

const page = 'render.com/docs: troubleshooting deploys, HTTP health checks; community.render.com';

export const render: Product = {
  id: 'render',
  name: 'Render',
  role: 'platform',
  writes: [
    header('x-render-routing', /(?:error|no-server|suspend|hibernate|no-deploy|timeout|not-found)/iu, 'proof', page),
    all('proof', page, title(/^50[23]$/u, 'strong', page), body(/\b(?:on)?render\.com\b/u, 'strong', page)),
  ],
  passes: [header('rndr-id', null, 'proof', page), header('x-render-origin-server', null, 'proof', page)],
  requestIds: ['rndr-id'],
  timeoutsS: [100],
  says: [
    {
      id: 'suspended',
      status: [503, 404, 403],
      marks: [header('x-render-routing', /suspend/iu, 'proof', page)],
      causes: { 'origin-refusing': 20, 'origin-not-listening': 16 },
      because: 'the service is suspended at Render',
      source: page,
    },
    {
      id: 'asleep',
      status: [404, 429, 502, 503],
      marks: [header('x-render-routing', /hibernate/iu, 'proof', page)],
      causes: { 'origin-not-listening': 24, 'origin-timeout': 6, 'rate-limited': 6 },
      because: 'the instance sleeps at Render and did not wake in time',
      source: page,
    },
    {
      id: 'none',
      status: [404, 502, 503],
      marks: [header('x-render-routing', /no-server|no-deploy|not-found/iu, 'proof', page)],
      causes: { 'origin-not-listening': 20, 'gateway-config': 10, 'no-live-upstream': 8 },
      because: 'Render has no running instance for this name',
      source: page,
    },
    {
      id: 'timeout',
      status: [502, 504],
      marks: [header('x-render-routing', /timeout/iu, 'proof', page)],
      causes: { 'origin-timeout': 30, 'origin-saturated': 8 },
      because: 'the instance did not answer in time',
      source: page,
    },
    {
      id: '502',
      status: [500, 502],
      causes: {
        'origin-not-listening': 22,
        'origin-closed-early': 16,
        'origin-reset': 6,
        'gateway-wrong-target': 6,
        'origin-timeout': 3,
      },
      because: "Render's instance did not listen, crashed, or closed",
      source: page,
    },
    {
      id: '503',
      status: [503],
      causes: { 'origin-not-listening': 16, 'no-live-upstream': 12, 'origin-saturated': 6 },
      because: 'Render has no instance that is ready',
      source: page,
    },
  ],
};
