import type { Cause } from '../causes.ts';
import { type Sample, sample } from './sample.fixture.ts';

const html = 'Content-Type: text/html';
const json = 'Content-Type: application/json';
const plain = 'Content-Type: text/plain; charset=utf-8';
const head = (status: string, ...lines: readonly string[]): string =>
  [`HTTP/1.1 ${status}`, 'Date: Sat, 28 Nov 2026 04:00:00 GMT', ...lines].join('\n');
const bare = (words: string): string =>
  `<html>\r\n<head><title>${words}</title></head>\r\n<body>\r\n<center><h1>${words}</h1></center>\r\n</body>\r\n</html>\r\n`;

const alb = (status: string, waitedMs: number, causes: readonly Cause[]): Sample =>
  sample('aws-alb', 'its bare page', waitedMs, head(status, 'Server: awselb/2.0', html), bare(status), causes);
const albSamples: readonly Sample[] = [
  alb('502 Bad Gateway', 3, ['origin-not-listening']),
  alb('502 Bad Gateway', 3, ['origin-closed-early']),
  alb('503 Service Temporarily Unavailable', 1, ['no-live-upstream']),
  alb('504 Gateway Time-out', 60_000, ['origin-timeout']),
  alb('504 Gateway Time-out', 10_000, ['origin-unreachable']),
  alb('403 Forbidden', 1, ['blocked']),
  sample(
    'aws-alb',
    'a fixed answer of one of its rules',
    1,
    head('503 Service Temporarily Unavailable', 'Server: awselb/2.0', plain),
    'We are updating the shop. Back at 6.',
    ['maintenance'],
  ),
  sample(
    'aws-alb',
    'a challenge of AWS WAF',
    1,
    head('202 Accepted', 'Server: awselb/2.0', 'Content-Length: 0', 'x-amzn-waf-action: challenge'),
    '',
    ['blocked'],
  ),
];

const apiGatewaySamples: readonly Sample[] = [
  sample(
    'aws-api-gateway',
    'a malformed answer of the function',
    40,
    head('502 Bad Gateway', json, 'x-amzn-RequestId: 0a1b', 'x-amzn-ErrorType: InternalServerErrorException'),
    '{"message": "Internal server error"}',
    ['app-error', 'origin-invalid-response'],
  ),
  sample(
    'aws-api-gateway',
    'a timeout',
    29_000,
    head('504 Gateway Timeout', json, 'x-amzn-RequestId: 0a1b'),
    '{"message": "Endpoint request timed out"}',
    ['origin-timeout'],
  ),
  sample(
    'aws-api-gateway',
    'a path that it does not have',
    3,
    head('403 Forbidden', json, 'x-amzn-ErrorType: MissingAuthenticationTokenException'),
    '{"message":"Missing Authentication Token"}',
    ['gateway-config'],
  ),
];

const googlePage = (code: number, words: string): string =>
  `\n<html><head>\n<meta http-equiv="content-type" content="text/html;charset=utf-8">\n<title>${code} Server Error</title>\n</head>\n<body text=#000000 bgcolor=#ffffff>\n<h1>Error: Server Error</h1>\n<h2>${words}</h2>\n<h2></h2>\n</body></html>\n`;
const temporary =
  'The server encountered a temporary error and could not complete your request.<p>Please try again in 30 seconds.';
const googleSamples: readonly Sample[] = [
  sample('google-lb', '502', 5, head('502 Bad Gateway', html, 'Via: 1.1 google'), googlePage(502, temporary), [
    'no-live-upstream',
    'origin-closed-early',
  ]),
  sample('google-lb', '502 late', 30_000, head('502 Bad Gateway', html), googlePage(502, temporary), [
    'origin-timeout',
  ]),
  sample(
    'google-frontend',
    '500',
    5,
    head('500 Internal Server Error', 'Server: Google Frontend', html),
    googlePage(500, 'The server encountered an error and could not complete your request.<p>Please try again later.'),
    ['app-error'],
  ),
  sample('google-frontend', '429', 5, head('429 x', 'Server: Google Frontend', plain), 'Rate exceeded.', [
    'origin-saturated',
    'rate-limited',
  ]),
];

const gateway = 'Microsoft-Azure-Application-Gateway/v2';
const azureSamples: readonly Sample[] = [
  sample(
    'azure-application-gateway',
    '502',
    3,
    head('502 Bad Gateway', `Server: ${gateway}`, html),
    `<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>${gateway}</center>\r\n</body>\r\n</html>\r\n`,
    ['no-live-upstream', 'origin-not-listening'],
  ),
  sample(
    'azure-app-service',
    'a stopped app',
    3,
    head('403 Site Disabled', html),
    '<!DOCTYPE html><html><head><title>Web App - Unavailable</title></head><body><h1 id="unavailable">Error 403 - This web app is stopped.</h1></body></html>',
    ['origin-not-listening'],
  ),
  sample(
    'azure-app-service',
    'an app that does not start',
    3,
    head('503 Service Unavailable', html),
    '<!DOCTYPE html><html><head><title>Application Error</title></head><body><h1>:( Application Error</h1><p>If you are the application administrator, you can access the <a href="https://shop.scm.azurewebsites.net/detectors">diagnostic resources</a>.</p></body></html>',
    ['origin-not-listening', 'origin-closed-early'],
  ),
  sample(
    'azure-app-service',
    'a name it does not have',
    3,
    head('404 Site Not Found', html),
    '<!DOCTYPE html><html><head><title>Microsoft Azure Web App - Error 404</title></head><body><h1>404 Web Site not found.</h1></body></html>',
    ['gateway-config'],
  ),
];

const herokuPage = (name: string): string =>
  `<!DOCTYPE html>\n<html>\n<head>\n<title>${name}</title>\n</head>\n<body>\n<iframe src="//www.herokucdn.com/error-pages/${name}.html"></iframe>\n</body>\n</html>`;
const heroku = (status: string, name: string, waitedMs: number, causes: readonly Cause[]): Sample =>
  sample('heroku', name, waitedMs, head(status, 'Server: Cowboy', html, 'Via: 1.1 vegur'), herokuPage(name), causes);
const herokuSamples: readonly Sample[] = [
  heroku('503 Service Unavailable', 'application-error', 3, ['origin-not-listening', 'origin-closed-early']),
  heroku('503 Service Unavailable', 'application-error', 30_000, ['origin-timeout']),
  heroku('503 Service Unavailable', 'maintenance-mode', 3, ['maintenance']),
  heroku('404 Not Found', 'no-such-app', 3, ['gateway-config']),
];

const vercel = (status: string, code: string, waitedMs: number, causes: readonly Cause[]): Sample =>
  sample(
    'vercel',
    code,
    waitedMs,
    head(status, 'Server: Vercel', plain, 'X-Vercel-Id: fra1::abcde-1764302400000-0123', `x-vercel-error: ${code}`),
    `An error occurred with your deployment\n\n${code}\n\nfra1::abcde-1764302400000-0123\n`,
    causes,
  );
const vercelSamples: readonly Sample[] = [
  vercel('500 x', 'FUNCTION_INVOCATION_FAILED', 90, ['app-error']),
  vercel('504 x', 'FUNCTION_INVOCATION_TIMEOUT', 10_000, ['origin-timeout']),
  vercel('404 x', 'DEPLOYMENT_NOT_FOUND', 3, ['gateway-config']),
  vercel('404 x', 'NOT_FOUND', 3, ['not-found']),
  vercel('402 x', 'DEPLOYMENT_DISABLED', 3, ['origin-refusing']),
  vercel('502 x', 'DNS_HOSTNAME_NOT_FOUND', 30, ['upstream-dns']),
  vercel('502 x', 'ROUTER_EXTERNAL_TARGET_CONNECTION_ERROR', 30, ['origin-not-listening']),
  vercel('503 x', 'FUNCTION_THROTTLED', 30, ['rate-limited', 'origin-saturated']),
  vercel('508 x', 'INFINITE_LOOP_DETECTED', 30, ['gateway-config']),
];

const railway = (status: number, words: string, waitedMs: number, causes: readonly Cause[]): Sample =>
  sample(
    'railway',
    words,
    waitedMs,
    head(`${status} x`, 'Server: railway-edge', json, 'x-railway-edge: railway/eu', 'x-railway-fallback: true'),
    `{"status":"error","code":${status},"message":"${words}","request_id":"ugpRrV2_SeSH2QWtAax-fw"}`,
    causes,
  );
const render = (status: number, routing: string, waitedMs: number, causes: readonly Cause[]): Sample =>
  sample(
    'render',
    routing,
    waitedMs,
    head(`${status} x`, 'Server: cloudflare', 'CF-RAY: 8f0a-FRA', plain, `x-render-routing: ${routing}`),
    '',
    causes,
  );
const failure = (status: number, code: string, words: string, waitedMs: number, causes: readonly Cause[]): Sample =>
  sample(
    'digitalocean',
    words,
    waitedMs,
    head(
      ...([`${status} x`, html, 'Server: cloudflare', 'CF-RAY: 8f0a-FRA', 'x-do-app-origin: 0a1b'] as const),
      ...[`x-do-failure-code: ${code}`, `x-do-failure-msg: ${words}`, 'x-do-orig-status: 503'],
    ),
    '<html><body><p>App Platform failed to forward this request to the application.</p></body></html>',
    causes,
  );
const otherSamples: readonly Sample[] = [
  railway(502, 'Application failed to respond', 5, ['origin-not-listening', 'gateway-wrong-target']),
  railway(502, 'Application failed to respond', 15_000, ['origin-timeout']),
  railway(404, 'Application not found', 3, ['gateway-config']),
  render(404, 'no-server', 3, ['origin-not-listening', 'gateway-config']),
  render(503, 'hibernate-wake-error', 90_000, ['origin-not-listening']),
  render(429, 'hibernate-rate-limited', 3, ['origin-not-listening', 'rate-limited']),
  render(503, 'suspend', 3, ['origin-refusing']),
  failure(504, 'UH', 'no_healthy_upstream', 5, ['no-live-upstream']),
  failure(504, 'UF', 'upstream_reset_before_response_started{connection_failure}', 5, ['origin-not-listening']),
  failure(504, 'UT', 'response_timeout', 100_000, ['origin-timeout']),
  failure(502, 'UC', 'upstream_reset_before_response_started{connection_termination}', 5, ['origin-closed-early']),
  sample(
    'netlify',
    'a site it does not have',
    3,
    head('404 Not Found', 'Server: Netlify', plain, 'X-Nf-Request-Id: 01JDQ7ABCDEFGHJKMNPQRSTVWX'),
    'Not Found - Request ID: 01JDQ7ABCDEFGHJKMNPQRSTVWX',
    ['gateway-config', 'not-found'],
  ),
  sample(
    'fly',
    'no machine',
    5,
    // In this order, after an answer kept in a public incident note.
    'HTTP/1.1 503 x\nServer: Fly/6f91d33b9d (2025-10-08)\nVia: 2 fly.io\nFly-Request-Id: 01K77TA95-ord\nDate: x',
    '',
    ['no-live-upstream'],
  ),
  sample(
    'github-pages',
    'no site',
    3,
    head('404 Not Found', 'Server: GitHub.com', html, 'X-GitHub-Request-Id: 0A1B:2C'),
    "<html><head><title>Site not found &middot; GitHub Pages</title></head><body><p><strong>There isn't a GitHub Pages site here.</strong></p></body></html>",
    ['gateway-config', 'not-found'],
  ),
  sample(
    'ngrok',
    'nothing listens at its end',
    5,
    head('502 Bad Gateway', html, 'ngrok-error-code: ERR_NGROK_8012'),
    '<html><body>ERR_NGROK_8012</body></html>',
    ['origin-not-listening'],
  ),
  sample(
    'ngrok',
    'the tunnel is away',
    5,
    head('404 Not Found', html, 'ngrok-error-code: ERR_NGROK_3200'),
    '<html><body>ERR_NGROK_3200</body></html>',
    ['origin-not-listening'],
  ),
];

/** Clouds' load balancers and platforms, after their own documents and answers that people kept. */
export const platformSamples: readonly Sample[] = [
  ...[...albSamples, ...apiGatewaySamples, ...googleSamples, ...azureSamples, ...herokuSamples, ...vercelSamples],
  ...otherSamples,
];
