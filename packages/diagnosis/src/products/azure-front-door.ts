import { body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'learn.microsoft.com/azure/frontdoor/troubleshoot-issues';

export const azureFrontDoor: Product = {
  id: 'azure-front-door',
  name: 'Azure Front Door',
  role: 'edge',
  writes: [
    header('x-azure-externalerror', null, 'proof', page),
    body(/Our services aren(?:'|’|&#39;)t available right now/u, 'proof', page),
    body(/<h2>Our services aren't available right now<\/h2>/u, 'proof', page),
  ],
  passes: [header('X-Azure-Ref', null, 'proof', page), header('X-FD-HealthProbe', null, 'hint', page)],
  requestIds: ['X-Azure-Ref'],
  timeoutsS: [30, 60],
  says: [
    {
      id: 'timeout',
      status: [502, 503, 504],
      marks: [header('x-azure-externalerror', /timeout|0x80072ee2/iu, 'proof', page)],
      causes: { 'origin-timeout': 26, 'origin-unreachable': 10, 'origin-saturated': 5 },
      because: 'Front Door says itself: OriginTimeout',
      source: page,
    },
    {
      id: 'refused',
      status: [502, 503],
      marks: [header('x-azure-externalerror', /refused|0x80072efd/iu, 'proof', page)],
      causes: { 'origin-not-listening': 36 },
      because: 'Front Door says itself: the origin refused',
      source: page,
    },
    {
      id: 'aborted',
      status: [502, 503],
      marks: [header('x-azure-externalerror', /abort|reset|closed/iu, 'proof', page)],
      causes: { 'origin-closed-early': 20, 'origin-reset': 16, 'origin-unreachable': 2 },
      because: 'Front Door says itself: OriginConnectionAborted',
      source: page,
    },
    {
      id: 'tls',
      status: [502, 503],
      marks: [header('x-azure-externalerror', /certificate|tls|ssl|0x830c10/iu, 'proof', page)],
      causes: { 'upstream-tls': 40 },
      because: "Front Door says itself that the origin's certificate is not good",
      source: page,
    },
    {
      id: 'dns',
      status: [502, 503],
      marks: [header('x-azure-externalerror', /dns|name ?(?:not|resol)|0x80072ee7/iu, 'proof', page)],
      causes: { 'upstream-dns': 40 },
      because: "Front Door says itself that the origin's name would not resolve",
      source: page,
    },
    {
      id: 'invalid',
      status: [502, 503],
      marks: [header('x-azure-externalerror', /invalid/iu, 'proof', page)],
      causes: { 'origin-invalid-response': 24, 'origin-closed-early': 8 },
      because: 'Front Door says itself: OriginInvalidResponse',
      source: page,
    },
    {
      id: '5xx',
      status: [500, 502, 503],
      causes: {
        'origin-not-listening': 12,
        'origin-unreachable': 12,
        'origin-timeout': 10,
        'upstream-tls': 8,
        'no-live-upstream': 6,
        'gateway-overloaded': 3,
      },
      because: 'Front Door got no answer from the origin',
      source: page,
    },
    {
      id: '504',
      status: [504],
      causes: { 'origin-timeout': 24, 'origin-unreachable': 12, 'origin-saturated': 5 },
      because: 'Front Door waited for the origin until its timeout',
      source: page,
    },
    {
      id: '403',
      status: [403, 429],
      causes: { blocked: 40 },
      because: 'a rule of Front Door turned the request away',
      source: page,
    },
    {
      id: '4xx',
      status: [400, 404],
      causes: { 'gateway-config': 30, 'not-found': 6 },
      because: 'Front Door is not set up for this name or path',
      source: page,
    },
  ],
};
