import { body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'docs-cybersec.thalesgroup.com (Imperva): cloud WAF error codes';

export const imperva: Product = {
  id: 'imperva',
  name: 'Imperva',
  role: 'edge',
  // Not `_Incapsula_Resource` alone: it puts that script into the pages of the site itself.
  writes: [
    body(/Incapsula incident ID:? ?[\d-]{3,60}/u, 'proof', page),
    body(/Powered by\s{1,4}(?:Incapsula|Imperva)/u, 'strong', page),
    body(/_Incapsula_Resource/u, 'hint', page),
    header('X-Iinfo', null, 'hint', page),
  ],
  passes: [
    header('X-Iinfo', null, 'proof', page),
    header('X-CDN', /^(?:Incapsula|Imperva)$/u, 'proof', page),
    header('Set-Cookie', /^(?:visid_incap_|incap_ses_)/u, 'strong', page),
  ],
  requestIds: ['X-Iinfo'],
  timeoutsS: [30],
  says: [
    {
      id: 'timeout',
      status: [502, 503, 504],
      marks: [body(/TCP connection timeout/iu, 'proof', page)],
      causes: { 'origin-unreachable': 30, 'origin-saturated': 6 },
      because: 'Imperva says itself that connecting to the origin took too long',
      source: page,
    },
    {
      id: 'refused',
      status: [502, 503],
      marks: [body(/TCP connection (?:rejection|reset|refused)/iu, 'proof', page)],
      causes: { 'origin-not-listening': 34, 'origin-refusing': 4 },
      because: 'Imperva says itself that the origin refused',
      source: page,
    },
    {
      id: 'tls',
      status: [502, 503, 525],
      marks: [body(/SSL (?:connection|handshake|certificate)/iu, 'proof', page)],
      causes: { 'upstream-tls': 40 },
      because: 'Imperva says itself that TLS with the origin failed',
      source: page,
    },
    {
      id: '4xx',
      status: [200, 403, 405, 429],
      causes: { blocked: 40 },
      because: 'Imperva turned the request away, or wants proof of a person',
      source: page,
    },
    {
      id: '5xx',
      status: [500, 502, 503, 504, 520, 522, 524, 525, 526],
      causes: {
        'origin-not-listening': 14,
        'origin-unreachable': 12,
        'origin-timeout': 8,
        'origin-closed-early': 6,
        blocked: 5,
      },
      because: 'Imperva got no answer from the origin',
      source: page,
    },
  ],
};
