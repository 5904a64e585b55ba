import { noAnswerInTime, quickBadGateway } from './gateway-causes.ts';
import { all, body, header, status } from './marks.ts';
import type { Product } from './product.ts';

const page = 'developers.cloudflare.com/support/troubleshooting/http-status-codes';
const kept = 'answers kept in public incident notes: origins that answered 502 or 504 and were shown as the code alone';
const inPlace =
  "Cloudflare writes the code alone to who did not ask for HTML: in place of the origin's own 502 or 504, or for trouble of its own";

export const cloudflare: Product = {
  id: 'cloudflare',
  name: 'Cloudflare',
  role: 'edge',
  writes: [
    body(/cf-error-details|Cloudflare Ray ID|cf-error-code/u, 'proof', page),
    body(/<center>cloudflare(?:-nginx)?<\/center>/u, 'proof', page),
    header('cf-mitigated', /^challenge$/u, 'proof', page),
    all(
      'proof',
      page,
      header('Server', /^cloudflare$/u, 'strong', page),
      body(/^error code: \d{3,4}\s?$/u, 'strong', page),
    ),
    all(
      'proof',
      page,
      header('Server', /^cloudflare$/u, 'strong', page),
      status([520, 521, 522, 523, 524, 525, 526, 527, 530], 'hint', page),
    ),
  ],
  passes: [header('CF-RAY', null, 'proof', page), header('Server', /^cloudflare$/u, 'strong', page)],
  requestIds: ['CF-RAY'],
  timeoutsS: [100],
  says: [
    {
      id: 'challenge',
      status: [403, 429, 503],
      marks: [body(/Just a moment\.\.\.|cf-challenge|challenge-platform|cf_chl_/u, 'proof', page)],
      causes: { blocked: 40 },
      because: 'Cloudflare shows a challenge in place of the site',
      source: page,
    },
    {
      id: 'challenge-header',
      status: [403, 429, 503],
      marks: [header('cf-mitigated', null, 'proof', page)],
      causes: { blocked: 40 },
      because: 'Cloudflare shows a challenge in place of the site (cf-mitigated)',
      source: page,
    },
    {
      id: '1016',
      status: [530, 520, 523],
      marks: [
        body(/(?:error code:? ?|Error<\/span>\s{0,20}<span[^>]{0,80}>|errorcode_|Error )1016\b/iu, 'proof', page),
      ],
      causes: { 'upstream-dns': 40 },
      because: "Cloudflare's error 1016: it can not resolve the origin's name",
      source: page,
    },
    {
      id: '1033',
      status: [530],
      marks: [
        body(/(?:error code:? ?|Error<\/span>\s{0,20}<span[^>]{0,80}>|errorcode_|Error )1033\b/iu, 'proof', page),
      ],
      causes: { 'origin-not-listening': 24, 'origin-unreachable': 10, 'no-live-upstream': 6 },
      because: "Cloudflare's error 1033: no tunnel (cloudflared) of the origin is connected",
      source: page,
    },
    {
      id: '1015',
      status: [429, 403],
      marks: [
        body(/(?:error code:? ?|Error<\/span>\s{0,20}<span[^>]{0,80}>|errorcode_|Error )1015\b/iu, 'proof', page),
      ],
      causes: { 'rate-limited': 40 },
      because: "Cloudflare's error 1015: its rate limit",
      source: page,
    },
    {
      id: '10xx-blocked',
      status: [403, 409, 503],
      marks: [
        body(
          /(?:error code:? ?|Error<\/span>\s{0,20}<span[^>]{0,80}>|errorcode_|Error )(?:1005|1006|1007|1008|1009|1010|1012|1020|1106)\b/iu,
          'proof',
          page,
        ),
      ],
      causes: { blocked: 40 },
      because: "one of Cloudflare's errors for a rule that turns visitors away",
      source: page,
    },
    {
      id: '10xx-config',
      status: [403, 409, 503, 530, 500],
      marks: [
        body(
          /(?:error code:? ?|Error<\/span>\s{0,20}<span[^>]{0,80}>|errorcode_|Error )(?:1000|1001|1002|1003|1004|1013|1014|1018|1023|1037)\b/iu,
          'proof',
          page,
        ),
      ],
      causes: { 'gateway-config': 40 },
      because: "one of Cloudflare's errors for a site that is not set up rightly there",
      source: page,
    },
    {
      id: '1101',
      status: [500, 503],
      marks: [
        body(/(?:error code:? ?|Error<\/span>\s{0,20}<span[^>]{0,80}>|errorcode_|Error )110[12]\b/iu, 'proof', page),
      ],
      causes: { 'app-error': 40 },
      because: "Cloudflare's errors 1101 and 1102: a Worker failed or used up its limits",
      source: page,
    },
    {
      id: '520',
      status: [520],
      causes: {
        'origin-invalid-response': 18,
        'origin-closed-early': 14,
        'origin-reset': 14,
        'origin-header-too-big': 8,
        'origin-saturated': 2,
      },
      because: "Cloudflare's 520: the origin answered with nothing, with something invalid, or reset the connection",
      source: page,
    },
    {
      id: '521',
      status: [521],
      causes: { 'origin-not-listening': 30, 'origin-refusing': 7, 'origin-unreachable': 6 },
      because:
        "Cloudflare's 521: the origin refuses its connections: the web server is stopped, or a firewall there refuses Cloudflare's addresses",
      source: page,
    },
    {
      id: '522',
      status: [522],
      causes: { 'origin-unreachable': 34, 'origin-saturated': 7, 'origin-not-listening': 3 },
      because:
        "Cloudflare's 522: no connection to the origin in time: a firewall that drops Cloudflare's addresses, a dead or overloaded host, or a wrong address in DNS",
      source: page,
    },
    {
      id: '523',
      status: [523],
      causes: { 'origin-unreachable': 34, 'upstream-dns': 6 },
      because: "Cloudflare's 523: no route leads to the origin",
      source: page,
    },
    {
      id: '524',
      status: [524],
      causes: { 'origin-timeout': 34, 'origin-saturated': 7 },
      because: "Cloudflare's 524: connected, and no answer from the origin within 100 s",
      source: page,
    },
    {
      id: '525',
      status: [525],
      causes: { 'upstream-tls': 40 },
      because: "Cloudflare's 525: the TLS handshake with the origin failed",
      source: page,
    },
    {
      id: '526',
      status: [526],
      causes: { 'upstream-tls': 40 },
      because: "Cloudflare's 526: the origin's certificate is not valid for Full (strict)",
      source: page,
    },
    {
      id: '527',
      status: [527],
      causes: { 'origin-unreachable': 10, 'origin-timeout': 8, 'origin-closed-early': 6 },
      because: "Cloudflare's 527: Railgun lost its way to the origin",
      source: page,
    },
    {
      id: '530',
      status: [530],
      causes: { 'upstream-dns': 30, 'gateway-config': 8, 'origin-not-listening': 5 },
      because: "Cloudflare's 530 comes with a 1xxx error, most often 1016: it can not resolve the origin",
      source: page,
    },
    {
      id: '502-code',
      status: [502],
      marks: [body(/^error code: 502\s?$/u, 'proof', page)],
      causes: { ...quickBadGateway, 'compression-or-length': 10, 'gateway-overloaded': 8 },
      because: inPlace,
      source: kept,
    },
    {
      id: '504-code',
      status: [504],
      marks: [body(/^error code: 504\s?$/u, 'proof', page)],
      causes: { ...noAnswerInTime, 'no-live-upstream': 6, 'compression-or-length': 4, 'gateway-overloaded': 6 },
      because: inPlace,
      source: kept,
    },
    {
      id: '502-branded',
      status: [502],
      marks: [body(/cf-error-details|Cloudflare Ray ID|cf-error-code/u, 'proof', page)],
      causes: quickBadGateway,
      because: "Cloudflare's branded 502: the origin itself answered 502",
      source: page,
    },
    {
      id: '504-branded',
      status: [504],
      marks: [body(/cf-error-details|Cloudflare Ray ID|cf-error-code/u, 'proof', page)],
      causes: noAnswerInTime,
      because: "Cloudflare's branded 504: the origin itself answered 504",
      source: page,
    },
    {
      id: '502-plain',
      status: [502, 504],
      causes: {
        'compression-or-length': 14,
        'gateway-overloaded': 12,
        'origin-invalid-response': 6,
        'origin-closed-early': 4,
      },
      because:
        "Cloudflare's plain 502 or 504: trouble of its own, or an answer of the origin that a compression fault made unreadable",
      source: page,
    },
    {
      id: '503',
      status: [503],
      causes: { 'gateway-overloaded': 10, 'rate-limited': 6, blocked: 6, 'origin-refusing': 4 },
      because: 'Cloudflare wrote this 503 itself',
      source: page,
    },
    {
      id: '500',
      status: [500],
      causes: { 'gateway-config': 6, 'gateway-overloaded': 14, 'app-error': 4 },
      because: 'Cloudflare wrote this 500 itself',
      source: page,
    },
    {
      id: '403',
      status: [401, 403],
      causes: { blocked: 40 },
      because: 'a rule at Cloudflare turned the request away',
      source: page,
    },
    { id: '429', status: [429], causes: { 'rate-limited': 40 }, because: 'Cloudflare limits the rate', source: page },
    {
      id: '4xx',
      status: [400, 405, 409, 413, 414],
      causes: { 'request-too-large': 12, 'gateway-config': 8, 'wrong-scheme': 4 },
      because: 'Cloudflare itself refuses the request',
      source: page,
    },
  ],
};
