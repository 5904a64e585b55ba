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
  sample('unknown', 'JSON', 3, `${failed}\nContent-Type: application/json`, '{"error":"internal"}'),
];
