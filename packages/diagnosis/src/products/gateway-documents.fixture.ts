import { type Sample, sample } from './sample.fixture.ts';

const html = 'Content-Type: text/html';
const plain = 'Content-Type: text/plain; charset=utf-8';
const nginxLike = (name: string, words: string): string =>
  `<html>\r\n<head><title>${words}</title></head>\r\n<body>\r\n<center><h1>${words}</h1></center>\r\n<hr><center>${name}</center>\r\n</body>\r\n</html>\r\n`;
const fiftyX = (name: string): string =>
  `<!DOCTYPE html>\n<html>\n<head>\n<title>Error</title>\n</head>\n<body>\n<h1>An error occurred.</h1>\n<p>Sorry, the page you are looking for is currently unavailable.<br/>\nPlease try again later.</p>\n<p><em>Faithfully yours, ${name}.</em></p>\n</body>\n</html>\n`;
const badGateway = 'HTTP/1.1 502 Bad Gateway';
const unavailable = 'HTTP/1.1 503 Service Unavailable';
const notFound = 'HTTP/1.1 404 Not Found';
const envoy = 'content-length: 91\ncontent-type: text/plain\ndate: Sat, 28 Nov 2026 04:00:00 GMT\nserver: envoy';

/** Gateways that can not be run here, as their sources and documents (named in each product) say that they answer. */
export const gatewayDocuments: readonly Sample[] = [
  sample(
    'nginx',
    'Ubuntu’s build name',
    2,
    `${badGateway}\nServer: nginx/1.18.0 (Ubuntu)\n${html}`,
    nginxLike('nginx/1.18.0 (Ubuntu)', '502 Bad Gateway'),
    ['origin-not-listening'],
  ),
  sample('nginx', 'its 50x.html', 2, `${badGateway}\nServer: nginx/1.27.0\n${html}`, fiftyX('nginx'), [
    'origin-closed-early',
  ]),
  sample(
    'openresty',
    '502',
    2,
    `${badGateway}\nServer: openresty/1.21.4.1\n${html}`,
    nginxLike('openresty/1.21.4.1', '502 Bad Gateway'),
    ['origin-not-listening'],
  ),
  sample('openresty', 'its 50x.html', 2, `${badGateway}\nServer: openresty\n${html}`, fiftyX('OpenResty'), [
    'origin-not-listening',
  ]),
  sample(
    'tengine',
    '504',
    60_010,
    `HTTP/1.1 504 Gateway Time-out\nServer: Tengine\n${html}`,
    nginxLike('tengine', '504 Gateway Time-out'),
    ['origin-timeout'],
  ),
  sample(
    'angie',
    '502',
    2,
    `${badGateway}\nServer: Angie/1.5.2\n${html}`,
    nginxLike('Angie/1.5.2', '502 Bad Gateway'),
    ['origin-not-listening'],
  ),
  sample(
    'freenginx',
    '502',
    2,
    `${badGateway}\nServer: freenginx\n${html}`,
    nginxLike('freenginx', '502 Bad Gateway'),
    ['origin-not-listening'],
  ),
  sample(
    'apache',
    'Ubuntu, signature on',
    2,
    `${badGateway.replace('Bad Gateway', 'Proxy Error')}\nServer: Apache/2.4.41 (Ubuntu)\nContent-Type: text/html; charset=iso-8859-1`,
    '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>502 Proxy Error</title>\n</head><body>\n<h1>Proxy Error</h1>\n<p>The proxy server received an invalid\r\nresponse from an upstream server.<br />\r\nThe proxy server could not handle the request<p>Reason: <strong>Error reading from remote server</strong></p></p>\n<hr>\n<address>Apache/2.4.41 (Ubuntu) Server at shop.example Port 443</address>\n</body></html>\n',
    ['origin-closed-early'],
  ),
  sample(
    'lighttpd',
    '1.4.79',
    1,
    `${unavailable}\n${html}\nServer: lighttpd/1.4.79`,
    '<!DOCTYPE html>\n<html lang="en">\n <head>\n  <meta charset="UTF-8" />\n  <title>503 Service Unavailable</title>\n </head>\n <body>\n  <h1>503 Service Unavailable</h1>\n </body>\n</html>\n',
    ['origin-not-listening'],
  ),
  sample(
    'envoy',
    'refused',
    2,
    `${unavailable}\n${envoy}`,
    'upstream connect error or disconnect/reset before headers. retried and the latest reset reason: remote connection failure, transport failure reason: delayed connect error: 111',
    ['origin-not-listening'],
  ),
  sample(
    'envoy',
    'ended',
    900,
    `${unavailable}\n${envoy}`,
    'upstream connect error or disconnect/reset before headers. reset reason: connection termination',
    ['origin-closed-early'],
  ),
  sample(
    'envoy',
    'connection timeout',
    5_010,
    `${unavailable}\n${envoy}`,
    'upstream connect error or disconnect/reset before headers. reset reason: connection timeout',
    ['origin-unreachable'],
  ),
  sample(
    'envoy',
    'TLS',
    3,
    `${unavailable}\n${envoy}`,
    'upstream connect error or disconnect/reset before headers. reset reason: remote connection failure, transport failure reason: TLS_error:|268435703:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER:TLS_error_end',
    ['upstream-tls'],
  ),
  sample(
    'envoy',
    'overflow',
    1,
    `${unavailable}\n${envoy}`,
    'upstream connect error or disconnect/reset before headers. reset reason: overflow',
    ['origin-saturated'],
  ),
  sample('envoy', 'no healthy upstream', 1, `${unavailable}\n${envoy}`, 'no healthy upstream', ['no-live-upstream']),
  sample('envoy', 'route timeout', 15_003, `HTTP/1.1 504 Gateway Timeout\n${envoy}`, 'upstream request timeout', [
    'origin-timeout',
  ]),
  sample(
    'envoy',
    'RBAC, Istio',
    1,
    `HTTP/1.1 403 Forbidden\ncontent-length: 19\ncontent-type: text/plain\nserver: istio-envoy`,
    'RBAC: access denied',
    ['blocked'],
  ),
  sample(
    'kong',
    'no route',
    1,
    `${notFound}\nContent-Type: application/json; charset=utf-8\nContent-Length: 48\nX-Kong-Response-Latency: 0\nServer: kong/3.4.2`,
    '{"message":"no Route matched with those values"}',
    ['gateway-config'],
  ),
  sample(
    'kong',
    'invalid response',
    4,
    `${badGateway}\nContent-Type: application/json; charset=utf-8\nServer: kong/3.4.2\nX-Kong-Upstream-Latency: 2\nX-Kong-Proxy-Latency: 1\nVia: kong/3.4.2`,
    '{\n  "message":"An invalid response was received from the upstream server",\n  "request_id":"a52b"\n}',
    ['origin-not-listening'],
  ),
  sample(
    'kong',
    'DNS',
    4,
    `${unavailable}\nContent-Type: application/json; charset=utf-8\nServer: kong/3.4.2`,
    '{\n  "message":"name resolution failed"\n}',
    ['upstream-dns'],
  ),
  sample(
    'traefik',
    'dead',
    2,
    `${badGateway}\nDate: Sat, 28 Nov 2026 04:00:00 GMT\nContent-Length: 11\n${plain}`,
    'Bad Gateway',
    ['origin-not-listening'],
  ),
  sample(
    'traefik',
    'silent',
    30_005,
    `HTTP/1.1 504 Gateway Timeout\nDate: Sat, 28 Nov 2026 04:00:00 GMT\nContent-Length: 15\n${plain}`,
    'Gateway Timeout',
    ['origin-timeout'],
  ),
  sample(
    'traefik',
    'no server',
    1,
    `${unavailable}\n${plain}\nX-Content-Type-Options: nosniff\nDate: Sat, 28 Nov 2026 04:00:00 GMT\nContent-Length: 20`,
    'no available server\n',
    ['no-live-upstream'],
  ),
  sample(
    'litespeed',
    '503',
    5,
    `${unavailable}\nServer: LiteSpeed\n${html}`,
    '<!DOCTYPE html>\n<html style="height:100%">\n<head>\n<title> 503 Service Unavailable\r\n</title></head>\n<body style="color: #444;">\n<div style="height:auto; min-height:100%; ">     <div style="text-align: center;">\n        <h1 style="margin:0; font-size:150px; line-height:150px; font-weight:bold;">503</h1>\n<h2 style="margin-top:20px;font-size: 30px;">Service Unavailable\r\n</h2>\n<p>The server is temporarily busy, try again later!</p>\n</div></div></body></html>\n',
    ['origin-saturated', 'origin-not-listening'],
  ),
  sample(
    'iis',
    'ARR',
    30,
    `${badGateway}\n${html}\nServer: Microsoft-IIS/10.0\nX-Powered-By: ASP.NET`,
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\r\n<html xmlns="http://www.w3.org/1999/xhtml">\r\n<head>\r\n<title>502 - Web server received an invalid response while acting as a gateway or proxy server.</title>\r\n</head>\r\n<body>\r\n<div id="header"><h1>Server Error</h1></div>\r\n<div id="content">\r\n <div class="content-container"><fieldset>\r\n  <h2>502 - Web server received an invalid response while acting as a gateway or proxy server.</h2>\r\n  <h3>There is a problem with the page you are looking for, and it cannot be displayed.</h3>\r\n </fieldset></div>\r\n</div>\r\n</body>\r\n</html>\r\n',
    ['origin-not-listening', 'origin-closed-early'],
  ),
  sample(
    'iis',
    'stopped pool',
    1,
    `${unavailable}\nContent-Type: text/html; charset=us-ascii\nServer: Microsoft-HTTPAPI/2.0`,
    '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN""http://www.w3.org/TR/html4/strict.dtd">\r\n<HTML><HEAD><TITLE>Service Unavailable</TITLE>\r\n<META HTTP-EQUIV="Content-Type" Content="text/html; charset=us-ascii"></HEAD>\r\n<BODY><h2>Service Unavailable</h2>\r\n<hr><p>HTTP Error 503. The service is unavailable.</p>\r\n</BODY></HTML>\r\n',
    ['origin-not-listening'],
  ),
  sample('ingress-default', '404', 1, `${notFound}\nContent-Type: text/plain; charset=utf-8`, 'default backend - 404', [
    'gateway-config',
  ]),
  sample(
    'openshift',
    '503',
    1,
    `HTTP/1.0 503 Service Unavailable\nPragma: no-cache\nCache-Control: private, max-age=0, no-cache, no-store\n${html}`,
    '<html><body><div>\n<h1>Application is not available</h1>\n<p>The application is currently not serving requests at this endpoint. It may not have been started or is still starting.</p></div></body></html>',
    ['no-live-upstream', 'origin-not-listening'],
  ),
  sample(
    'f5',
    'blocked',
    1,
    `HTTP/1.1 200 OK\n${html}`,
    '<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with your administrator.<br><br>Your support ID is: 123</body></html>',
    ['blocked'],
  ),
];
