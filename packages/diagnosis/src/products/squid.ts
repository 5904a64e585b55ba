import type { Weights } from '../causes.ts';
import { body, header, title } from './marks.ts';
import type { Product, Saying } from './product.ts';

const page = 'Squid, src/errorpage.cc and errors/templates; measured, Debian squid 5.7';

/** The error's own name, with the system's errno after it. */
const named = (id: string, of: RegExp, causes: Weights, because: string): Saying => ({
  ...{
    id,
    status: [400, 403, 404, 408, 409, 411, 413, 414, 429, 431, 500, 501, 502, 503, 504, 505],
    causes,
    because,
    source: page,
  },
  marks: [header('X-Squid-Error', of, 'proof', page)],
});

export const squid: Product = {
  id: 'squid',
  name: 'Squid',
  role: 'gateway',
  writes: [
    header('X-Squid-Error', /^ERR_/u, 'proof', page),
    title(/^ERROR: The requested URL could not be retrieved$/u, 'strong', page),
    body(/Generated \w{3}, [\w :]{10,40} GMT by [^<\s]{1,200} \(squid(?:\/[\w.]{1,20})?\)/u, 'proof', page),
    header('Server', /^squid(?:\/|$)/u, 'hint', page),
  ],
  passes: [
    header('Via', /\(squid(?:\/[\w.]{1,20})?\)/u, 'proof', page),
    header('X-Cache-Lookup', /^\w{3,20} from /u, 'strong', page),
  ],
  timeoutsS: [60, 120, 900],
  says: [
    named(
      'refused',
      /^ERR_CONNECT_FAIL 111/u,
      { 'origin-not-listening': 30, 'gateway-wrong-target': 25, 'no-live-upstream': 8 },
      'Squid says itself that the connection was refused (errno 111)',
    ),
    named(
      'no-route',
      /^ERR_CONNECT_FAIL (?:113|101|110)/u,
      { 'origin-unreachable': 40, 'origin-saturated': 16, 'gateway-wrong-target': 12 },
      'Squid says itself that no way led to the origin',
    ),
    named(
      'connect',
      /^ERR_CONNECT_FAIL/u,
      { 'origin-not-listening': 20, 'origin-unreachable': 14, 'gateway-wrong-target': 4, 'upstream-tls': 2 },
      'Squid says itself that it could not connect',
    ),
    named(
      'tls',
      /^ERR_SECURE_CONNECT_FAIL/u,
      { 'upstream-tls': 40 },
      'Squid says itself that TLS with the origin failed',
    ),
    named(
      'dns',
      /^ERR_DNS_FAIL/u,
      { 'upstream-dns': 40 },
      "Squid says itself that the origin's name would not resolve",
    ),
    named(
      'zero',
      /^ERR_ZERO_SIZE_OBJECT/u,
      {
        ...{ 'origin-closed-early': 30, 'origin-reset': 6, 'app-error': 5, 'upstream-tls': 5 },
        ...{ 'gateway-wrong-target': 5, 'origin-saturated': 4 },
      },
      'Squid says itself that the origin closed without an answer',
    ),
    named(
      'reset',
      /^ERR_READ_ERROR 104/u,
      {
        'origin-reset': 26,
        'origin-closed-early': 14,
        'upstream-tls': 7,
        'gateway-wrong-target': 7,
        'origin-saturated': 2,
      },
      'Squid says itself that the origin reset the connection (errno 104)',
    ),
    {
      ...named(
        'read-later',
        /^ERR_READ_ERROR 0/u,
        {
          ...{ 'upstream-dns': 16, 'origin-unreachable': 16, 'origin-closed-early': 8, 'origin-reset': 6 },
          ...{ 'origin-not-listening': 8, 'no-live-upstream': 5, 'gateway-wrong-target': 4 },
        },
        'Squid says "read error" after a while, which it also says of a name that would not resolve (measured)',
      ),
      pace: 'between',
    },
    named(
      'read',
      /^ERR_READ_ERROR/u,
      {
        ...{ 'origin-not-listening': 20, 'origin-unreachable': 13, 'upstream-dns': 6, 'no-live-upstream': 5 },
        ...{ 'origin-closed-early': 4, 'origin-reset': 4, 'gateway-wrong-target': 4, 'upstream-tls': 2 },
      },
      'Squid says "read error", which it also says of a server behind it that it holds for dead (measured)',
    ),
    named(
      'timeout',
      /^ERR_(?:READ_TIMEOUT|GATEWAY_FAILURE|LIFETIME_EXP)/u,
      { 'origin-timeout': 28, 'origin-saturated': 17, 'origin-unreachable': 7, 'origin-closed-early': 3 },
      'Squid says itself that the origin did not answer in time',
    ),
    {
      ...{ id: 'request-too-big', status: [400, 413, 414, 431], source: page },
      marks: [header('X-Squid-Error', /^ERR_TOO_BIG/u, 'proof', page)],
      causes: { 'request-too-large': 40 },
      because: 'Squid says itself that the request is too big',
    },
    named(
      'too-big',
      /^ERR_TOO_BIG/u,
      { 'origin-header-too-big': 30, 'request-too-large': 3 },
      'Squid says itself that something was too big',
    ),
    named(
      'invalid',
      /^ERR_INVALID_RESP/u,
      {
        'origin-invalid-response': 26,
        'origin-closed-early': 18,
        'gateway-wrong-target': 8,
        'origin-header-too-big': 2,
      },
      "Squid says itself that the origin's answer is invalid",
    ),
    named(
      'forward',
      /^ERR_CANNOT_FORWARD/u,
      { 'no-live-upstream': 20, 'gateway-config': 8, 'origin-not-listening': 8, 'origin-unreachable': 6 },
      'Squid has nobody left to ask',
    ),
    named(
      'denied',
      /^ERR_ACCESS_DENIED|^ERR_CACHE_ACCESS_DENIED/u,
      { blocked: 20, 'gateway-config': 16, 'origin-refusing': 4 },
      'a rule of Squid turned the request away',
    ),
    named(
      'request',
      /^ERR_INVALID_REQ|^ERR_INVALID_URL|^ERR_UNSUP|^ERR_PROTOCOL/u,
      { 'wrong-scheme': 8, 'gateway-config': 8 },
      'Squid calls the request invalid',
    ),
    {
      id: '503',
      status: [502, 503],
      causes: {
        'origin-not-listening': 20,
        'origin-unreachable': 10,
        'origin-closed-early': 10,
        'origin-reset': 6,
        'upstream-dns': 4,
        'gateway-wrong-target': 4,
        'no-live-upstream': 4,
      },
      because: 'Squid got no answer from the origin',
      source: page,
    },
    {
      id: '504',
      status: [504],
      causes: { 'origin-timeout': 20, 'origin-unreachable': 10, 'origin-saturated': 8 },
      because: 'Squid waited for the origin until its timeout',
      source: page,
    },
  ],
};
