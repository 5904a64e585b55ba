/** A wording that people meet on an error page, or are told of by a program, and paste without headers. */
export type Wording = Readonly<{
  id: string;
  /** The status is its first group, where `status` is left out. */
  of: RegExp;
  status?: number;
  /** Whose wording it is, as far as it is anybody's own: a product's id; null = anybody's. */
  product: string | null;
  source: string;
}>;

const cloudflarePages = 'developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors';
const reasons = 'RFC 9110, section 15; reason phrases as servers send them';
const met = 'pages people meet';

const cloudflare = (status: number, of: RegExp): Wording => ({
  ...{ id: `cloudflare-${status}`, of, status, product: 'cloudflare', source: cloudflarePages },
});
const reason = (status: number, of: RegExp): Wording => ({
  ...{ id: `reason-${status}`, of, status, product: null, source: reasons },
});

/** The more particular first: the first that fits is taken. Gaps are bounded, so that a long page costs no more than its length. */
export const wordings: readonly Wording[] = [
  {
    id: 'cloudflare-error-code',
    of: /(?:bad gateway|gateway time-?out|unknown error|server is down|timed out|unreachable|handshake failed|invalid ssl certificate|railgun error|timeout occurred|service unavailable|internal server error)\s{1,40}error code:? (5\d\d)\b/iu,
    product: 'cloudflare',
    source: cloudflarePages,
  },
  {
    id: 'cloudflare-plain',
    of: /^\s{0,40}error code: (\d{3,4})\s{0,40}$/iu,
    product: 'cloudflare',
    source: cloudflarePages,
  },
  cloudflare(520, /web server is returning an unknown error/iu),
  cloudflare(521, /web server is down/iu),
  cloudflare(523, /origin is unreachable/iu),
  cloudflare(524, /a timeout occurred/iu),
  cloudflare(525, /ssl handshake failed/iu),
  cloudflare(526, /invalid ssl certificate/iu),
  cloudflare(530, /error 1016\b|origin dns error/iu),
  { id: 'error-code', of: /\berror code:? (?:\w{1,40} )?([45]\d\d)\b/iu, product: null, source: met },
  {
    id: 'temporary-error',
    of: /temporary error \(([45]\d\d)\)/iu,
    product: 'google-frontend',
    source: 'support.google.com/mail',
  },
  {
    id: 'google-server-error',
    of: /\b(50\d)\.? {1,4}that[’']s an error/iu,
    product: 'google-frontend',
    source: 'the error page of Google front ends',
  },
  {
    id: 'load-balancer-server-error',
    of: /error: server error\s{1,40}the server encountered a temporary error/iu,
    status: 502,
    product: 'google-lb',
    source: 'cloud.google.com/load-balancing/docs/https/troubleshooting-ext-https-lbs',
  },
  { id: 'server-error', of: /\b(5\d\d) server error\b/iu, product: null, source: `${met}; Python, requests` },
  { id: 'client-error', of: /\b(4\d\d) client error\b/iu, product: null, source: 'Python, requests' },
  {
    id: 'proxy-error',
    of: /\b(5\d\d) proxy error\b/iu,
    product: 'apache',
    source: 'Apache httpd, modules/proxy/proxy_util.c',
  },
  { id: 'proxy-error-bare', of: /^\s{0,40}proxy error\b/iu, status: 502, product: 'apache', source: 'Apache httpd' },
  {
    id: 'http-error',
    of: /\bhttp(?:\/[\d.]{1,3})?(?: status)?(?: error| code)? ?[-:–—]? ?\(?([45]\d\d)\b/iu,
    product: null,
    source: met,
  },
  { id: 'status-code', of: /\bstatus(?: code)?:? ?\(?([45]\d\d)\b/iu, product: null, source: `${met}; axios` },
  {
    id: 'remote-server',
    of: /\(([45]\d\d)\) ?(?:bad gateway|[a-z ]{3,40})/iu,
    product: null,
    source: '.NET, WebException',
  },
  {
    id: 'haproxy-no-server',
    of: /no server is available to handle this request/iu,
    status: 503,
    product: 'haproxy',
    source: 'HAProxy, errors/503.http',
  },
  {
    id: 'varnish-guru',
    of: /\berror (5\d\d) [^\n]{0,80}\s{1,40}[^\n]{0,200}guru meditation/iu,
    product: 'varnish',
    source: 'Varnish Cache, bin/varnishd/builtin.vcl',
  },
  { id: 'varnish-backend', of: /backend fetch failed/iu, status: 503, product: 'varnish', source: 'Varnish Cache' },
  {
    id: 'heroku-application',
    of: /an error occurred in the application and your page could not be served/iu,
    status: 503,
    product: 'heroku',
    source: 'devcenter.heroku.com/articles/error-pages',
  },
  {
    id: 'railway-application',
    of: /application failed to respond/iu,
    status: 502,
    product: 'railway',
    source: 'docs.railway.com/reference/errors/application-failed-to-respond',
  },
  {
    id: 'status-reason',
    of: /\b([45]\d\d)\b[ \t]{0,4}[-:|–—]?[ \t]{0,4}(?:bad gateway|gateway time-?out|service (?:temporarily )?(?:un|not )available|internal server error|not found|forbidden|bad request|too many requests|error\b)/iu,
    product: null,
    source: met,
  },
  {
    id: 'reason-status',
    of: /(?:bad gateway|gateway time-?out|service (?:temporarily )?unavailable|internal server error|\berror)[ \t]{0,4}[-:|–—]?[ \t]{0,4}\(?([45]\d\d)\b/iu,
    product: null,
    source: met,
  },
  reason(502, /\bbad gateway\b/iu),
  reason(504, /\bgateway time-?out\b/iu),
  reason(503, /\bservice (?:is )?(?:temporarily )?unavailable\b/iu),
  reason(500, /\binternal server error\b|there has been a critical error on (?:this|your) website/iu),
  reason(500, /error establishing a database connection/iu),
  reason(429, /\btoo many requests\b/iu),
  reason(403, /\b403\b.{0,20}\bforbidden\b|\baccess denied\b/iu),
  reason(404, /\bpage not found\b/iu),
  { id: 'number-alone', of: /^\s{0,40}([45]\d\d)\.?\s{0,40}$/u, product: null, source: met },
];

export type Recognised = Readonly<{ status: number; product: string | null; wording: string }>;

/** Nobody's message stands far down a page. */
const mostRead = 4_000;

/** The status that a text without headers tells of, and whose wording it is; null = none that is known. */
export const recogniseWording = (text: string): Recognised | null => {
  const start = text.slice(0, mostRead);
  for (const { id, of, status, product } of wordings) {
    const found = of.exec(start);
    if (found === null) continue;
    const said = status ?? Number(found[1]);
    // Cloudflare's 1xxx are told on pages of status 530, 403 or 429; the number alone says no status.
    if (said >= 400 && said <= 599) return { status: said, product, wording: id };
  }
  return null;
};
