import type { Weights } from '../causes.ts';
import { diedWorking } from './gateway-causes.ts';
import { all, body, header, reason, status } from './marks.ts';
import type { Product, Saying } from './product.ts';

const errors = 'h2o, lib/core/proxy.c and lib/common/http1client.c; measured, Debian h2o 2.2.5';

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
      reason(/^Gateway Error$/u, 'strong', errors),
      header('Content-Type', /^text\/plain; charset=utf-8$/iu, 'hint', errors),
    ),
    body(/^I\/O error \((?:head|body; [a-z -]{3,40})\)$/u, 'proof', errors),
    all(
      'proof',
      errors,
      header('Server', /^h2o(?:\/|$)/u, 'strong', errors),
      header('Content-Type', /^text\/plain; charset=utf-8$/u, 'hint', errors),
      body(
        /^(?:connection (?:failed|failure|refused|timeout|error)|I\/O (?:error|timeout)|first byte timeout|unexpected close by peer|refused stream|invalid response from upstream|host name resolution failure|Name or service not known|Temporary failure in name resolution|failed to parse the response|no response from upstream)$/u,
        'strong',
        errors,
      ),
      status([502, 504], 'hint', errors),
    ),
    all(
      'proof',
      'h2o, lib/handler/file.c and lib/core/request.c',
      header('Server', /^h2o(?:\/|$)/u, 'strong', errors),
      reason(/^(?:File Not Found|Access Forbidden|Request Entity Too Large)$/u, 'strong', errors),
      body(/^(?:not found|access forbidden|request entity is too large)$/u, 'strong', errors),
    ),
    all(
      'proof',
      'h2o, lib/handler/fastcgi.c',
      header('Server', /^h2o(?:\/|$)/u, 'strong', errors),
      reason(/^Internal Server Error$/u, 'strong', errors),
      status([503], 'hint', errors),
    ),
  ],
  passes: [header('Server', /^h2o(?:\/|$)/u, 'strong', errors)],
  timeoutsS: [10, 30],
  says: [
    worded(
      'refused',
      /^connection (?:failed|failure|refused|error)/iu,
      {
        ...{ 'origin-not-listening': 27, 'gateway-wrong-target': 17, 'socket-missing': 6, 'socket-permission': 4 },
        ...{ 'origin-unreachable': 4, 'no-live-upstream': 2, 'origin-saturated': 1 },
      },
      'h2o says itself that it could not connect',
    ),
    {
      ...worded(
        'connect-timeout',
        /^connection timeout/iu,
        { 'origin-unreachable': 28, 'origin-saturated': 12, 'upstream-tls': 7, 'gateway-wrong-target': 5 },
        'h2o says itself that connecting, or the TLS handshake, took too long',
      ),
      pace: 'timeout',
    },
    worded(
      'connect-timeout-any',
      /^connection timeout/iu,
      { 'origin-unreachable': 28, 'origin-saturated': 12, 'upstream-tls': 7, 'gateway-wrong-target': 5 },
      'h2o says itself that connecting, or the TLS handshake, took too long',
    ),
    worded(
      'timeout',
      /^(?:I\/O timeout|first byte timeout)/iu,
      { 'origin-timeout': 30, 'origin-saturated': 18, 'gateway-wrong-target': 4, 'origin-unreachable': 2 },
      'h2o says itself that the upstream was silent',
    ),
    {
      ...worded(
        'closed-later',
        /^(?:I\/O error|unexpected close|no response)/iu,
        diedWorking,
        'h2o says itself that the upstream closed while it worked',
      ),
      pace: 'between',
    },
    worded(
      'closed',
      /^(?:I\/O error|unexpected close|no response)/iu,
      { 'origin-closed-early': 26, 'origin-reset': 16, 'upstream-tls': 4, 'gateway-wrong-target': 3 },
      'h2o says itself that the upstream closed',
    ),
    worded(
      'invalid',
      /^(?:invalid response|failed to parse)/iu,
      {
        'origin-invalid-response': 34,
        'gateway-wrong-target': 16,
        'origin-header-too-big': 6,
        'origin-closed-early': 4,
      },
      "h2o says itself that the upstream's answer was invalid",
    ),
    worded(
      'dns',
      /name resolution|Name or service not known/iu,
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
      ...{ id: '503', status: [503], source: 'h2o, lib/handler/fastcgi.c; measured, Debian h2o 2.2.5' },
      causes: {
        ...{ 'origin-not-listening': 22, 'socket-missing': 6, 'socket-permission': 4, 'origin-closed-early': 8 },
        ...{ 'gateway-wrong-target': 5, 'origin-unreachable': 4, 'origin-reset': 3, 'origin-invalid-response': 3 },
      },
      because: 'h2o answers 503 when its FastCGI backend fails',
    },
    {
      id: '413',
      status: [413],
      causes: { 'request-too-large': 40 },
      because: 'the request is larger than h2o takes',
      source: errors,
    },
    {
      id: 'other',
      status: [400, 403, 500, 504],
      causes: { 'gateway-config': 12, blocked: 6, 'gateway-overloaded': 4 },
      because: 'h2o itself refuses',
      source: errors,
    },
  ],
};
