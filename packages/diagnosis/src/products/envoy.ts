import type { Weights } from '../causes.ts';
import { all, body, header, noHeader } from './marks.ts';
import type { Product, Saying } from './product.ts';

const errors = 'Envoy, source/common/router/router.cc and docs: "Response flags", "upstream reset reasons"';

const worded = (id: string, of: readonly number[], has: RegExp, causes: Weights, because: string): Saying => ({
  ...{ id, status: of, causes, because, source: errors },
  marks: [body(has, 'proof', errors)],
});

export const envoy: Product = {
  id: 'envoy',
  name: 'Envoy',
  role: 'gateway',
  writes: [
    body(/^upstream connect error or disconnect\/reset before headers\b/u, 'proof', errors),
    body(/^(?:no healthy upstream|upstream request timeout)$/u, 'proof', errors),
    body(
      /^(?:RBAC: access denied|local_rate_limited|Jwt (?:is missing|is expired|verification fails|issuer is not configured))$/u,
      'proof',
      errors,
    ),
    all(
      'proof',
      errors,
      header('server', /^(?:istio-)?envoy$/u, 'strong', errors),
      body(
        /^(?:upstream timed out|response timeout|stream timeout|request timeout|downstream (?:duration|idle) timeout|ext_authz_error|overload|request_payload_too_large|response_payload_too_large)$/u,
        'strong',
        errors,
      ),
      noHeader('x-envoy-upstream-service-time', 'hint', errors),
    ),
    header('server', /^(?:istio-)?envoy$/u, 'hint', errors),
  ],
  passes: [
    header('server', /^(?:istio-)?envoy$/u, 'strong', errors),
    header('x-envoy-upstream-service-time', null, 'proof', errors),
  ],
  requestIds: ['X-Request-Id'],
  timeoutsS: [5, 15],
  says: [
    worded(
      'tls',
      [502, 503],
      /TLS[_ ]error|OPENSSL_internal|CERTIFICATE_VERIFY_FAILED|WRONG_VERSION_NUMBER/u,
      { 'upstream-tls': 40, 'gateway-wrong-target': 2 },
      'Envoy says itself that TLS with the upstream failed',
    ),
    worded(
      'refused',
      [502, 503],
      /delayed connect error: (?:111|Connection refused)|connection refused/iu,
      { 'origin-not-listening': 30, 'gateway-wrong-target': 25, 'no-live-upstream': 8 },
      'Envoy says itself that the connection was refused',
    ),
    worded(
      'connection-timeout',
      [503, 504],
      /connection timeout|delayed connect error: 110/u,
      { 'origin-unreachable': 30, 'origin-saturated': 14, 'gateway-wrong-target': 8 },
      'Envoy says itself that connecting took too long',
    ),
    worded(
      'connection-failure',
      [502, 503],
      /(?:connection|remote connection|local connection) failure/u,
      { 'origin-not-listening': 24, 'origin-unreachable': 10, 'upstream-tls': 4, 'gateway-wrong-target': 4 },
      'Envoy says itself that it could not connect',
    ),
    worded(
      'terminated',
      [502, 503],
      /connection termination|remote reset/u,
      { 'origin-closed-early': 24, 'origin-reset': 14, 'origin-invalid-response': 4, 'gateway-wrong-target': 3 },
      'Envoy says itself that the upstream ended the connection',
    ),
    worded(
      'overflow',
      [503],
      /overflow/u,
      { 'origin-saturated': 24, 'gateway-overloaded': 6 },
      'Envoy says itself that a circuit breaker is open',
    ),
    worded(
      'protocol',
      [502, 503],
      /protocol error/u,
      { 'origin-invalid-response': 28, 'gateway-wrong-target': 16, 'upstream-tls': 5, 'origin-header-too-big': 4 },
      "Envoy says itself that the upstream's answer is no valid HTTP",
    ),
    worded(
      'no-healthy',
      [503],
      /^no healthy upstream$/u,
      {
        ...{ 'no-live-upstream': 30, 'origin-not-listening': 16, 'upstream-dns': 6, 'gateway-config': 5 },
        'origin-unreachable': 4,
      },
      'Envoy says itself that no upstream is healthy',
    ),
    worded(
      'rbac',
      [403],
      /^RBAC/u,
      { blocked: 24, 'gateway-config': 16, 'origin-refusing': 4 },
      "a rule of Envoy's RBAC turned the request away",
    ),
    { id: '429', status: [429], causes: { 'rate-limited': 40 }, because: 'Envoy limits the rate', source: errors },
    {
      id: '404',
      status: [404],
      causes: { 'gateway-config': 20, 'not-found': 8 },
      because: 'Envoy has no route for this host and path',
      source: errors,
    },
    {
      id: '503',
      status: [502, 503],
      causes: {
        'origin-not-listening': 16,
        'origin-closed-early': 12,
        'no-live-upstream': 12,
        'origin-reset': 6,
        'origin-unreachable': 5,
        'upstream-tls': 4,
        'origin-saturated': 4,
      },
      because: 'Envoy got no answer from the upstream',
      source: errors,
    },
    {
      id: '504',
      status: [504, 408],
      causes: { 'origin-timeout': 34, 'origin-saturated': 20, 'origin-unreachable': 4, 'gateway-wrong-target': 2 },
      because: "the upstream did not answer within Envoy's route timeout",
      source: errors,
    },
    {
      id: '4xx',
      status: [400, 413, 426, 431],
      causes: { 'request-too-large': 10, 'wrong-scheme': 6, 'gateway-config': 4 },
      because: 'Envoy itself refuses the request',
      source: errors,
    },
    {
      id: '500',
      status: [500],
      causes: { 'gateway-config': 16, 'gateway-dependency': 10 },
      because: 'Envoy wrote this 500 itself, or a filter of its',
      source: errors,
    },
  ],
};
