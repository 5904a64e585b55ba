import type { Weights } from '../causes.ts';
import { all, body, header, status } from './marks.ts';
import type { Product, Saying } from './product.ts';

const errors = 'h2o, lib/core/proxy.c (on_error) and lib/common/httpclient.c';

const worded = (id: string, has: RegExp, causes: Weights, because: string): Saying => ({
  ...{ id, status: [502, 504], causes, because, source: errors },
  marks: [body(has, 'proof', errors)],
});

export const h2o: Product = {
  id: 'h2o',
  name: 'h2o',
  role: 'gateway',
  writes: [
    all(
      'proof',
      errors,
      header('Server', /^h2o(?:\/|$)/u, 'strong', errors),
      body(
        /^(?:connection (?:failure|refused|timeout|error)|I\/O (?:error|timeout)|first byte timeout|unexpected close by peer|refused stream|invalid response|name resolution|host name resolution failure|failed to parse|an unsupported|no response from upstream|ssl|not found|forbidden|internal server error)/iu,
        'strong',
        errors,
      ),
      status([400, 403, 404, 500, 502, 503, 504], 'hint', errors),
    ),
  ],
  passes: [header('Server', /^h2o(?:\/|$)/u, 'strong', errors)],
  timeoutsS: [10, 30],
  says: [
    worded(
      'refused',
      /^connection (?:failure|refused)/iu,
      { 'origin-not-listening': 30, 'gateway-wrong-target': 5, 'origin-unreachable': 3 },
      'h2o says itself that it could not connect',
    ),
    worded(
      'connect-timeout',
      /^connection timeout/iu,
      { 'origin-unreachable': 30, 'origin-saturated': 4 },
      'h2o says itself that connecting took too long',
    ),
    worded(
      'timeout',
      /^(?:I\/O timeout|first byte timeout)/iu,
      { 'origin-timeout': 30, 'origin-saturated': 8 },
      'h2o says itself that the upstream was silent',
    ),
    worded(
      'closed',
      /^(?:I\/O error|unexpected close|no response)/iu,
      { 'origin-closed-early': 26, 'origin-reset': 12, 'upstream-tls': 2, 'gateway-wrong-target': 3 },
      'h2o says itself that the upstream closed',
    ),
    worded(
      'invalid',
      /^(?:invalid response|failed to parse)/iu,
      { 'origin-invalid-response': 40, 'gateway-wrong-target': 4, 'origin-header-too-big': 4 },
      "h2o says itself that the upstream's answer was invalid",
    ),
    worded(
      'dns',
      /name resolution/iu,
      { 'upstream-dns': 40 },
      "h2o says itself that the upstream's name would not resolve",
    ),
    {
      id: '502',
      status: [502],
      causes: {
        'origin-not-listening': 14,
        'origin-closed-early': 12,
        'origin-timeout': 8,
        'origin-reset': 6,
        'origin-invalid-response': 6,
      },
      because: 'h2o got no valid answer from the upstream',
      source: errors,
    },
    {
      id: '404',
      status: [404],
      causes: { 'not-found': 40, 'gateway-config': 4 },
      because: 'h2o itself finds nothing at this address',
      source: errors,
    },
    {
      id: 'other',
      status: [400, 403, 500, 503, 504],
      causes: { 'gateway-config': 12, blocked: 6, 'gateway-overloaded': 4 },
      because: 'h2o itself refuses',
      source: errors,
    },
  ],
};
