import { body, header, title } from './marks.ts';
import type { Product } from './product.ts';

const page = 'learn.microsoft.com/iis: HTTP status codes in IIS; its error pages';
const arr = 'learn.microsoft.com/iis/extensions: Application Request Routing, 502.3 and 502.4';

export const iis: Product = {
  id: 'iis',
  name: 'IIS',
  role: 'gateway',
  writes: [
    body(/<title>IIS \d{1,2}\.\d Detailed Error - \d{3}\.\d/u, 'proof', page),
    body(/<fieldset>\s{0,8}<h2>\d{3} - [^<]{3,160}<\/h2>\s{0,8}<h3>/u, 'proof', page),
    body(/<h[1-3]>\s{0,4}HTTP Error \d{3}\.\d{1,2} - [A-Za-z][^<]{2,120}<\/h[1-3]>/u, 'proof', page),
    body(
      /<h2>(?:Service Unavailable|Bad Request(?: - [A-Za-z ]{3,60})?)<\/h2>\s{0,4}<hr><p>HTTP Error \d{3}\. /u,
      'proof',
      'HTTP.sys, its own pages',
    ),
    title(/^\d{3} - [A-Z][\w ,'.-]{3,120}$/u, 'hint', page),
    header('Server', /^Microsoft-(?:IIS|HTTPAPI)\//u, 'hint', page),
  ],
  passes: [
    header('Server', /^Microsoft-IIS\//u, 'strong', page),
    header('X-Powered-By', /^(?:ASP\.NET|ARR\/)/u, 'strong', page),
  ],
  timeoutsS: [30, 120],
  says: [
    {
      id: '403',
      status: [403],
      causes: { blocked: 12, 'gateway-config': 12 },
      because: 'IIS refuses: a rule, or a folder that it may not list',
      source: page,
    },
    {
      id: '404',
      status: [404],
      causes: { 'not-found': 40, 'gateway-config': 5 },
      because: 'IIS itself finds nothing at this address',
      source: page,
    },
    {
      id: '4xx',
      status: [400, 405, 413],
      causes: { 'request-too-large': 10, 'gateway-config': 10 },
      because: 'IIS itself refuses the request',
      source: page,
    },
    {
      id: '500',
      status: [500],
      causes: { 'app-error': 24, 'gateway-config': 14 },
      because: 'the application in IIS failed to start or to answer',
      source: page,
    },
    {
      id: '502-timeout',
      status: [502],
      pace: 'timeout',
      causes: { 'origin-timeout': 26, 'origin-saturated': 10, 'origin-unreachable': 8, 'origin-closed-early': 4 },
      because: "IIS answers 502.3 when the server behind it is silent until ARR's timeout",
      source: arr,
    },
    {
      id: '502',
      status: [502],
      causes: {
        'origin-not-listening': 18,
        'origin-closed-early': 16,
        'origin-reset': 8,
        'no-live-upstream': 6,
        'origin-invalid-response': 4,
        'upstream-tls': 4,
        'upstream-dns': 3,
        'origin-unreachable': 3,
      },
      because: 'IIS got no valid answer from the application or server behind it',
      source: arr,
    },
    {
      id: '503',
      status: [503],
      causes: {
        'origin-not-listening': 24,
        'origin-saturated': 8,
        maintenance: 3,
        'gateway-config': 3,
        'origin-refusing': 3,
      },
      because: "the site's application pool is stopped or its queue is full",
      source: page,
    },
    {
      id: '504',
      status: [504],
      causes: { 'origin-timeout': 24, 'origin-saturated': 8, 'origin-unreachable': 5 },
      because: 'IIS waited for the server behind it',
      source: arr,
    },
  ],
};
