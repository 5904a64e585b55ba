import { all, body, header, title } from './marks.ts';
import type { Product } from './product.ts';

const page = 'docs.netlify.com: error pages, functions; answers.netlify.com support guides';

export const netlify: Product = {
  id: 'netlify',
  name: 'Netlify',
  role: 'platform',
  writes: [
    body(/^Not Found - Request ID: [0-9A-Z]{20,30}\s?$/u, 'proof', page),
    // Its Server line stands on all that it passes on, so the page itself must name it.
    all('proof', page, title(/^Site not (?:found|available)$/u, 'strong', page), body(/\bnetlify\b/iu, 'strong', page)),
    all(
      'proof',
      page,
      header('Server', /^Netlify$/u, 'strong', page),
      body(/^(?:error decoding lambda response|usage_exceeded)/u, 'strong', page),
    ),
  ],
  passes: [header('X-NF-Request-ID', null, 'proof', page), header('Server', /^Netlify$/u, 'strong', page)],
  requestIds: ['X-NF-Request-ID'],
  timeoutsS: [10, 26, 30],
  says: [
    {
      id: '404',
      status: [404],
      causes: { 'not-found': 26, 'gateway-config': 12 },
      because: 'Netlify finds no such page or site',
      source: page,
    },
    {
      id: '502',
      status: [500, 502],
      causes: { 'app-error': 24, 'origin-invalid-response': 10, 'origin-timeout': 5, 'origin-closed-early': 5 },
      because: 'a function at Netlify failed, or a proxied origin gave no valid answer',
      source: page,
    },
    {
      id: '504',
      status: [504],
      causes: { 'origin-timeout': 34, 'origin-unreachable': 6 },
      because: "a function or proxied origin did not answer within Netlify's timeout",
      source: page,
    },
    {
      id: '503',
      status: [402, 403, 503],
      causes: { 'origin-refusing': 20, 'rate-limited': 8, 'gateway-config': 6 },
      because: 'the site is paused at Netlify',
      source: page,
    },
  ],
};
