import { type Sample, sample } from './sample.fixture.ts';

const html = 'Content-Type: text/html';
const plain = 'Content-Type: text/plain; charset=utf-8';
const badGateway = 'HTTP/1.1 502 Bad Gateway';
const unavailable = 'HTTP/1.1 503 Service Unavailable';
const failed = 'HTTP/1.1 500 Internal Server Error';
const notFound = 'HTTP/1.1 404 Not Found';

/** Pages of nobody who can be named: whoever wrote them, a guess would be wrong. */
export const nobodysSamples: readonly Sample[] = [
  sample(
    'unknown',
    'a custom page behind nginx',
    3,
    `${badGateway}\nServer: nginx\n${html}`,
    '<html><head><title>502 - Sorry</title></head><body><h1>We will be back</h1></body></html>',
  ),
  sample('unknown', 'an empty 502 behind nginx', 3, `${badGateway}\nServer: nginx\nContent-Length: 0`, ''),
  sample(
    'unknown',
    'an empty 503 that Caddy passed on',
    3,
    `${unavailable}\nContent-Length: 0\nDate: Sat, 28 Nov 2026 04:00:00 GMT\nServer: Caddy`,
    '',
  ),
  sample(
    'unknown',
    'an empty 503 that Caddy passed on without a date',
    3,
    `${unavailable}\nContent-Length: 0\nServer: Caddy\nDate: Sat, 28 Nov 2026 04:00:00 GMT`,
    '',
  ),
  sample(
    'unknown',
    'Go’s 404',
    3,
    `${notFound}\n${plain}\nX-Content-Type-Options: nosniff\nDate: Sat, 28 Nov 2026 04:00:00 GMT\nContent-Length: 19`,
    '404 page not found\n',
  ),
  sample(
    'unknown',
    'an application’s own "Bad Gateway"',
    3,
    `${badGateway}\nContent-Type: text/plain\nContent-Length: 11`,
    'Bad Gateway',
  ),
  sample(
    'unknown',
    'Express’ sendStatus without its header',
    3,
    `${badGateway}\n${plain}\nContent-Length: 11\nETag: W/"b-EFiDB1U+dmqzx9Mo2UjcZ1SJPO8"\nDate: Sat, 28 Nov 2026 04:00:00 GMT\nConnection: keep-alive\nKeep-Alive: timeout=5`,
    'Bad Gateway',
  ),
  sample('unknown', '"not found" behind h2o', 3, `${notFound}\nServer: h2o/2.2.5\n${plain}`, 'not found'),
  sample(
    'unknown',
    'a plain 500 behind Envoy',
    3,
    `${failed}\nserver: envoy\nx-envoy-upstream-service-time: 3\n${plain}`,
    'Internal Server Error',
  ),
  sample('unknown', 'an empty 503 behind Envoy', 3, `${unavailable}\nserver: envoy\ncontent-length: 0`, ''),
  sample(
    'unknown',
    'an article about nginx',
    3,
    `${notFound}\nServer: Apache\n${html}`,
    '<html><head><title>How to fix 502 Bad Gateway in nginx and Apache</title></head><body>nginx shows &lt;center&gt;nginx&lt;/center&gt;; Tomcat says HTTP Status 500; Varnish says Guru Meditation</body></html>',
  ),
  ...[
    [
      'Imperva’s script in a page of the site',
      '<h1>Our shop failed</h1><script src="/_Incapsula_Resource?SWJIYLWA=719d"></script>',
    ],
    ['HUMAN’s sensor in a page of the site', '<h1>No such order</h1><script>window._pxAppId="PXabc"</script>'],
    [
      'Cloudflare’s script in a page of the site',
      '<h1>Oops</h1><script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>',
    ],
    [
      'a badge of Sucuri',
      '<h1>Oops</h1><img src="https://cdn.sucuri.net/badge.png">Protected by Sucuri Website Firewall',
    ],
    ['a site that is not available', '<title>Site not available</title><h1>Back soon</h1>'],
    ['no such app', '<title>No such app</title>'],
    ['an application error', '<title>Application Error</title><h1>Application Error</h1>'],
    ['JSON that looks like a platform’s', '{"message":"Application not found"}'],
  ].flatMap(([what = '', page = '']) =>
    [403, 404, 500, 502, 503].map((status) =>
      sample(
        'unknown',
        `${what} (${status})`,
        3,
        `HTTP/1.1 ${status} x\nServer: nginx\nX-Iinfo: 9-1\nCF-RAY: 8f0a-FRA\n${html}`,
        page,
      ),
    ),
  ),
  sample(
    'unknown',
    'an empty 503 of an application behind Fly.io',
    3,
    'HTTP/1.1 503 x\nDate: x\nServer: Fly/abc (2025-10-08)\nVia: 1.1 fly.io\nFly-Request-Id: 01K7-ord',
    '',
  ),
  sample('unknown', 'JSON', 3, `${failed}\nContent-Type: application/json`, '{"error":"internal"}'),
];
