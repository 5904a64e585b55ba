import type { Weights } from '../causes.ts';
import { diedWorking } from './gateway-causes.ts';
import { all, body, header, reason, status, title } from './marks.ts';
import type { Product, Saying } from './product.ts';

const errors =
  'Apache Traffic Server, proxy/http/HttpTransact.cc and configs/body_factory; measured, Debian trafficserver 9.2';

const named = (id: string, of: readonly number[], words: RegExp, causes: Weights, because: string): Saying => ({
  ...{ id, status: of, causes, because, source: errors },
  marks: [reason(words, 'proof', errors)],
});

/** The page's own words, for HTTP/2, which has no reason phrase. */
const titled = (id: string, of: readonly number[], words: RegExp, causes: Weights, because: string): Saying => ({
  ...{ id, status: of, causes, because: `Traffic Server's page says: ${because}`, source: errors },
  marks: [title(words, 'proof', errors)],
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
      'refused',
      [502],
      /^Connection refused/iu,
      { 'origin-not-listening': 30, 'gateway-wrong-target': 25, 'no-live-upstream': 8 },
      "Traffic Server's reason phrase says that the connection was refused",
    ),
    named(
      'connect',
      [502],
      /^(?:connect failed|Could Not Connect|(?:Network|Host) is unreachable|No route to host)/iu,
      {
        ...{ 'origin-unreachable': 18, 'upstream-tls': 9, 'origin-not-listening': 9, 'origin-saturated': 12 },
        'gateway-wrong-target': 5,
      },
      "Traffic Server's reason phrase says that no connection came about",
    ),
    {
      ...named(
        'closed-later',
        [502],
        /^(?:Malformed Server Response Status|Server Hangup|Connection (?:Closed|reset))/iu,
        diedWorking,
        "Traffic Server's reason phrase says that the origin broke off, here while it worked",
      ),
      pace: 'between',
    },
    named(
      'closed',
      [502],
      /^(?:Malformed Server Response Status|Server Hangup|Connection (?:Closed|reset))/iu,
      {
        ...{ 'origin-closed-early': 24, 'origin-reset': 14, 'upstream-tls': 4, 'gateway-wrong-target': 4 },
        ...{ 'origin-invalid-response': 3, 'origin-saturated': 1 },
      },
      "Traffic Server's reason phrase says that the origin broke off (measured: it calls an empty answer malformed)",
    ),
    named(
      'timeout',
      [502, 504],
      /^(?:Maximum Transaction Time Exceeded|Connection Timed Out|Inactive Timeout|Activity Timeout)/iu,
      { 'origin-timeout': 26, 'origin-saturated': 15, 'origin-unreachable': 6, 'gateway-wrong-target': 2 },
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
      /^(?:Invalid HTTP Response|Bad Response|Malformed Server Response|Transcoding)/iu,
      { 'origin-invalid-response': 26, 'origin-header-too-big': 12, 'gateway-wrong-target': 4 },
      "Traffic Server's reason phrase says that the answer was invalid, or its headers too big",
    ),
    named(
      'no-rule',
      [404],
      /^Not Found on Accelerator/iu,
      { 'gateway-config': 36, 'not-found': 3 },
      'Traffic Server has no rule for this host and path',
    ),
    titled('dns-page', [500, 502, 503], /^Unknown Host$/iu, { 'upstream-dns': 40 }, 'the name would not resolve'),
    titled(
      'no-rule-page',
      [404],
      /^Not Found on Accelerator$/iu,
      { 'gateway-config': 36, 'not-found': 3 },
      'it has no rule for this host and path',
    ),
    titled(
      'hangup-page',
      [502],
      /^Server Connection Closed$/iu,
      { 'origin-closed-early': 28, 'origin-reset': 8, 'origin-invalid-response': 3 },
      'the origin closed in the middle of its answer',
    ),
    titled(
      'connect-page',
      [502, 503],
      /^Could Not Connect$/iu,
      {
        ...{ 'origin-not-listening': 26, 'origin-unreachable': 10, 'gateway-wrong-target': 5, 'upstream-tls': 5 },
        ...{ 'origin-saturated': 2 },
      },
      'it could not connect',
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
      id: '400',
      status: [400, 413, 414, 431],
      causes: { 'request-too-large': 10, 'gateway-config': 8, 'wrong-scheme': 5, blocked: 2 },
      because: 'Traffic Server itself calls the request bad',
      source: errors,
    },
    {
      id: '4xx',
      status: [403, 404],
      causes: { 'gateway-config': 14, blocked: 8, 'not-found': 8 },
      because: 'Traffic Server itself refuses, or has no rule for this host',
      source: errors,
    },
  ],
};
