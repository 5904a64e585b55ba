import { noAnswerInTime } from './gateway-causes.ts';
import { body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'OpenLiteSpeed, src/http/httpstatuscode.cpp (its error pages)';

export const litespeed: Product = {
  id: 'litespeed',
  name: 'LiteSpeed',
  role: 'gateway',
  writes: [
    body(
      /Proudly powered by (?:<a href="https?:\/\/www\.litespeedtech\.com\/error-page">)?LiteSpeed Web Server/iu,
      'proof',
      page,
    ),
    body(/LiteSpeed Technologies Inc\. is not a web hosting company/u, 'proof', page),
    body(
      /<h1 style="margin:0; font-size:150px; line-height:150px; font-weight:bold;">\d{3}<\/h1>\s{0,4}<h2 style="margin-top:20px;font-size: 30px;">/u,
      'proof',
      page,
    ),
    header('Server', /^LiteSpeed\b/u, 'hint', page),
  ],
  passes: [header('Server', /^LiteSpeed\b/u, 'strong', page), header('X-LiteSpeed-Cache', null, 'strong', page)],
  timeoutsS: [30, 60],
  says: [
    {
      id: '403',
      status: [403],
      causes: { blocked: 16, 'gateway-config': 10 },
      because: 'LiteSpeed refuses: a deny rule, ModSecurity, or files that it may not read',
      source: page,
    },
    {
      id: '404',
      status: [404],
      causes: { 'not-found': 40, 'gateway-config': 4 },
      because: 'LiteSpeed itself finds nothing at this address',
      source: page,
    },
    {
      id: '500',
      status: [500],
      causes: { 'app-error': 20, 'gateway-config': 10, 'origin-closed-early': 6 },
      because: 'LiteSpeed wrote this 500: the script failed, or its rules are wrong',
      source: page,
    },
    {
      id: '502',
      status: [502],
      causes: {
        'origin-closed-early': 20,
        'origin-not-listening': 14,
        'origin-reset': 8,
        'origin-invalid-response': 5,
        'socket-missing': 4,
      },
      because: 'LiteSpeed got no valid answer from its backend',
      source: page,
    },
    {
      id: '503',
      status: [503],
      causes: {
        'origin-not-listening': 16,
        'origin-saturated': 14,
        'origin-closed-early': 12,
        'rate-limited': 3,
        maintenance: 2,
        'socket-missing': 4,
      },
      because: "LiteSpeed's backend (most often lsphp) did not start, crashed, or has no process left",
      source: page,
    },
    {
      id: '504',
      status: [504],
      causes: noAnswerInTime,
      because: 'LiteSpeed waited for its backend until its timeout',
      source: page,
    },
    {
      id: '508',
      status: [508],
      causes: { 'rate-limited': 10, 'origin-saturated': 20 },
      because: "the hosting account's resources are used up",
      source: page,
    },
  ],
};
