import type { Weights } from '../causes.ts';
import { all, body, header, reason, status } from './marks.ts';
import type { Product, Saying } from './product.ts';

const errors = 'Apache Traffic Server, proxy/http/HttpTransact.cc and configs/body_factory';

const named = (id: string, of: readonly number[], words: RegExp, causes: Weights, because: string): Saying => ({
  ...{ id, status: of, causes, because, source: errors },
  marks: [reason(words, 'proof', errors)],
});

export const trafficserver: Product = {
  id: 'trafficserver',
  name: 'Apache Traffic Server',
  role: 'gateway',
  writes: [
    all(
      'proof',
      errors,
      header('Server', /^ATS(?:\/|$)/u, 'strong', errors),
      body(/<TITLE>[^<]{3,80}<\/TITLE>\s{0,6}<\/HEAD>\s{0,6}<BODY BGCOLOR="white" FGCOLOR="black">/u, 'strong', errors),
    ),
    body(/<H1>[^<]{3,80}<\/H1>\s{0,4}<HR>\s{0,6}<FONT FACE="Helvetica,Arial"><B>/u, 'proof', errors),
    all(
      'hint',
      errors,
      header('Server', /^ATS(?:\/|$)/u, 'hint', errors),
      status([400, 403, 404, 500, 502, 503, 504], 'hint', errors),
    ),
  ],
  passes: [
    header('Server', /^ATS(?:\/|$)/u, 'strong', errors),
    header('Via', /\(ApacheTrafficServer(?:\/[\w.]{1,20})?/u, 'proof', errors),
  ],
  timeoutsS: [30],
  says: [
    named(
      'connect',
      [502],
      /^(?:Could Not Connect|Server Hangup|Connection (?:Refused|Closed))/iu,
      { 'origin-not-listening': 20, 'origin-closed-early': 12, 'origin-reset': 6, 'gateway-wrong-target': 4 },
      "Traffic Server's reason phrase says that the connection failed",
    ),
    named(
      'timeout',
      [502, 504],
      /^(?:Maximum Transaction Time Exceeded|Connection Timed Out|Inactive Timeout|Activity Timeout)/iu,
      { 'origin-timeout': 20, 'origin-unreachable': 10, 'origin-saturated': 6 },
      "Traffic Server's reason phrase says that time ran out",
    ),
    named(
      'dns',
      [500, 502, 503],
      /^(?:Host Not Found|Cannot find server|Unknown Host)/iu,
      { 'upstream-dns': 40 },
      "Traffic Server's reason phrase says that the name would not resolve",
    ),
    named(
      'invalid',
      [502],
      /^(?:Invalid HTTP Response|Malformed Server Response|Bad Response|Transcoding)/iu,
      { 'origin-invalid-response': 40, 'gateway-wrong-target': 3 },
      "Traffic Server's reason phrase says that the answer was invalid",
    ),
    {
      id: '502',
      status: [502, 503],
      causes: {
        'origin-not-listening': 22,
        'origin-closed-early': 14,
        'origin-reset': 8,
        'origin-invalid-response': 6,
        'origin-unreachable': 4,
        'gateway-wrong-target': 4,
        'origin-header-too-big': 2,
      },
      because: 'Traffic Server got no valid answer from the origin',
      source: errors,
    },
    {
      id: '504',
      status: [504],
      causes: { 'origin-timeout': 24, 'origin-unreachable': 12, 'origin-saturated': 8 },
      because: 'Traffic Server waited for the origin until its timeout',
      source: errors,
    },
    {
      id: '4xx',
      status: [400, 403, 404],
      causes: { 'gateway-config': 14, blocked: 8, 'not-found': 8 },
      because: 'Traffic Server itself refuses, or has no rule for this host',
      source: errors,
    },
  ],
};
