import { diedWorking } from './gateway-causes.ts';
import { all, body, header, noHeader, onlyHeader, reason, title } from './marks.ts';
import type { Product } from './product.ts';

const page = 'Varnish, bin/varnishd/builtin.vcl (vcl_backend_error, vcl_synth); measured, Debian varnish 7.1';

export const varnish: Product = {
  id: 'varnish',
  name: 'Varnish',
  role: 'gateway',
  writes: [
    body(/<h3>Guru Meditation:<\/h3>/u, 'proof', page),
    // Fastly, which is built from it, sends these too, but not X-Varnish.
    body(/<p>Varnish cache server<\/p>/u, 'hint', page),
    header('Server', /^Varnish$/u, 'hint', page),
    all(
      'proof',
      page,
      onlyHeader('Server', /^Varnish$/u, 'strong', page),
      header('X-Varnish', /^\d/u, 'strong', page),
      noHeader('X-Served-By', 'hint', page),
    ),
    all(
      'strong',
      page,
      reason(/^(?:Backend fetch failed|VCL failed|No backend connection)$/u, 'strong', page),
      header('X-Varnish', /^\d/u, 'strong', page),
    ),
  ],
  passes: [
    header('X-Varnish', /^\d{1,15}(?: \d{1,15})?$/u, 'proof', page),
    header('Via', /\bvarnish-v\d|\(Varnish\//u, 'strong', page),
  ],
  requestIds: ['X-Varnish'],
  timeoutsS: [3.5, 60],
  says: [
    {
      ...{ id: '503-rule', status: [503], source: page },
      marks: [
        title(
          /^503 (?!Backend fetch failed|Service Unavailable|VCL failed|Service Temporarily|No backend|Guru)/u,
          'hint',
          page,
        ),
      ],
      causes: { maintenance: 20, 'origin-refusing': 8, 'rate-limited': 6, blocked: 5, 'gateway-config': 3 },
      because: 'a rule in VCL answers 503 in words of its own: nothing failed behind Varnish',
    },
    {
      ...{ id: '503-words', status: [503], source: page },
      marks: [
        title(/^503 Service Unavailable$/u, 'hint', page),
        noHeader('Via', 'hint', page),
        noHeader('Age', 'hint', page),
      ],
      causes: {
        ...{ maintenance: 14, 'origin-refusing': 8, 'rate-limited': 6, 'no-live-upstream': 5, blocked: 3 },
        ...{ 'origin-not-listening': 4, 'gateway-config': 4 },
      },
      because: 'a rule in VCL answered 503 before any backend was asked (no Age, no Via)',
    },
    {
      ...{ id: '503-vcl', status: [503], source: page },
      marks: [title(/^503 VCL failed$/u, 'hint', page)],
      causes: { 'gateway-config': 40, 'gateway-overloaded': 3 },
      because: "Varnish's own rules (VCL) failed",
    },
    {
      ...{ id: '503-quick', status: [503], pace: 'instant', source: page },
      causes: {
        ...{ 'origin-not-listening': 26, 'origin-closed-early': 12, 'origin-reset': 8, 'origin-invalid-response': 7 },
        ...{ 'origin-header-too-big': 6, 'no-live-upstream': 8, 'gateway-wrong-target': 7, 'compression-or-length': 3 },
        ...{
          'truncated-body': 3,
          'upstream-tls': 3,
          'origin-unreachable': 3,
          'upstream-dns': 1,
          'origin-saturated': 2,
          'gateway-config': 1,
        },
      },
      because: 'Varnish says "Backend fetch failed" to everything that goes wrong behind it, here at once',
    },
    {
      ...{ id: '503-timeout', status: [503], pace: 'timeout', source: page },
      causes: {
        'origin-timeout': 26,
        'origin-saturated': 12,
        'origin-unreachable': 14,
        'origin-closed-early': 5,
        'truncated-body': 2,
        'gateway-wrong-target': 2,
      },
      because: 'Varnish says "Backend fetch failed" also when the backend is silent until its timeout',
    },
    {
      id: '503',
      status: [503],
      causes: { ...diedWorking, 'origin-timeout': 10, 'origin-unreachable': 7, 'truncated-body': 3 },
      because: 'Varnish says "Backend fetch failed", here after a while',
      source: page,
    },
    {
      id: '403',
      status: [403],
      causes: { blocked: 30, 'gateway-config': 4 },
      because: 'a rule in VCL turned the request away',
      source: page,
    },
    {
      id: '429',
      status: [429],
      causes: { 'rate-limited': 40 },
      because: "a rule in VCL limits this client's rate",
      source: page,
    },
    {
      id: '4xx',
      status: [400, 405, 413, 414, 431],
      causes: { 'request-too-large': 8, 'gateway-config': 8, blocked: 3 },
      because: 'Varnish itself refuses the request',
      source: page,
    },
    {
      id: '404',
      status: [404],
      causes: { 'not-found': 30, 'gateway-config': 6 },
      because: 'a rule in VCL says that there is nothing',
      source: page,
    },
    {
      id: '500',
      status: [500],
      causes: { 'gateway-config': 30, 'gateway-overloaded': 4 },
      because: 'Varnish itself failed, most often in VCL',
      source: page,
    },
    {
      id: '5xx',
      status: [502, 504],
      causes: { 'origin-unreachable': 8, 'origin-timeout': 8, 'origin-closed-early': 8, 'origin-not-listening': 8 },
      because: 'a rule in VCL answers so for a backend that failed',
      source: page,
    },
  ],
};
