import type { Answer } from '../case.ts';

type Header = readonly [name: string, value: string];
const isOneOf = (name: string, names: readonly string[]): boolean => names.includes(name.toLowerCase());
const without = ({ headers }: Answer, names: readonly string[]): readonly Header[] =>
  headers.filter(([name]) => !isOneOf(name, [...names, 'connection', 'keep-alive', 'transfer-encoding']));
const only = ({ headers }: Answer, names: readonly string[]): readonly Header[] =>
  headers.filter(([name]) => isOneOf(name, names));
const date: Header = ['Date', 'Sat, 28 Nov 2026 04:57:14 GMT'];
const close: Header = ['Connection', 'close'];
const byName = (a: Header, b: Header): number => a[0].toLowerCase().localeCompare(b[0].toLowerCase());

/** What each gateway makes of an answer that it only passes on; measured on Debian's packages, 107 answers each. */
export const relays: Readonly<Record<string, (answer: Answer) => Answer>> = {
  nginx: (answer) => ({
    ...answer,
    headers: [
      ...[['Server', 'nginx'] as const, date, ...only(answer, ['content-type', 'content-length'])],
      ...[
        ['Connection', 'keep-alive'] as const,
        ...without(answer, ['server', 'date', 'content-type', 'content-length']),
      ],
    ],
  }),
  apache: (answer) => {
    const kept = without(answer, []);
    const own: Header = ['Server', 'Apache/2.4.71 (Debian)'];
    return {
      ...answer,
      headers: [...(kept.some(([name]) => isOneOf(name, ['server'])) ? [] : [date, own]), ...kept, close],
    };
  },
  haproxy: (answer) => ({
    ...answer,
    headers: without(answer, []).map(([name, value]) => [name.toLowerCase(), value]),
  }),
  varnish: (answer) => ({
    ...answer,
    headers: [
      ...([...without(answer, []), ['X-Varnish', '65550'], ['Age', '0']] as const),
      ...([['Via', '1.1 varnish (Varnish/7.1)'], close] as const),
    ],
  }),
  squid: (answer) => ({
    ...answer,
    headers: [
      ...without(answer, []),
      ...([
        ['X-Cache', 'MISS from lab'],
        ['X-Cache-Lookup', 'MISS from lab:42140'],
        ['Via', '1.1 lab (squid/5.7)'],
      ] as const),
      close,
    ],
  }),
  caddy: (answer) => {
    const kept = without(answer, []);
    const before = kept.filter(([name]) => byName([name, ''], ['Server', '']) < 0);
    const after = kept.filter(([name]) => byName([name, ''], ['Server', '']) >= 0);
    return {
      ...{ ...answer, reason: 'Whatever Go calls it' },
      headers: [...before.toSorted(byName), ['Server', 'Caddy'], ...after.toSorted(byName), close],
    };
  },
  lighttpd: (answer) => {
    const kept = without(answer, []);
    const own: Header = ['Server', 'lighttpd/1.4.69'];
    return { ...answer, headers: [...kept, ...(kept.some(([name]) => isOneOf(name, ['server'])) ? [] : [date, own])] };
  },
  h2o: (answer) => ({
    ...answer,
    headers: [
      ...[date, close, ...only(answer, ['content-length']), ['Server', 'h2o/2.2.5'] as const],
      ...without(answer, ['date', 'server', 'content-length']),
    ],
  }),
  nghttpx: (answer) => ({
    ...answer,
    headers: [...without(answer, ['server']), close, ['Server', 'nghttpx'], ['Via', '1.1 nghttpx']],
  }),
};

const through =
  (server: string | null, ...own: readonly Header[]) =>
  (answer: Answer): Answer => ({
    ...answer,
    headers: [
      ...without(answer, server === null ? [] : ['server']),
      ...(server === null ? [] : [['Server', server] as const]),
      ...own,
    ],
  });
/** What edges and platforms add to answers that they only pass on, after their documents and kept answers. */
export const edgeRelays: Readonly<Record<string, (answer: Answer) => Answer>> = {
  cloudflare: through('cloudflare', ['CF-RAY', '8f0a1b2c3d4e5f60-FRA'], ['CF-Cache-Status', 'DYNAMIC']),
  cloudfront: through(
    null,
    ['X-Cache', 'Error from cloudfront'],
    ['Via', '1.1 0a1b2c.cloudfront.net (CloudFront)'],
    ['X-Amz-Cf-Id', 'QGJDmdNqJJ6'],
  ),
  fastly: through(null, ['X-Served-By', 'cache-fra-eddf8230045-FRA'], ['X-Cache', 'MISS'], ['Via', '1.1 varnish']),
  akamai: through(null, ['Akamai-GRN', '0.abcd1234.1764302400.deadbeef']),
  imperva: through(null, ['X-CDN', 'Imperva'], ['X-Iinfo', '9-12345678-0']),
  sucuri: through('Sucuri/Cloudproxy', ['X-Sucuri-ID', '15008'], ['X-Sucuri-Cache', 'BYPASS']),
  bunny: through('BunnyCDN-DE1-1085', ['CDN-RequestId', '0a1b2c'], ['CDN-Status', '502']),
  'ddos-guard': through('ddos-guard', ['Set-Cookie', '__ddg1_=abc']),
  'azure-front-door': through(null, ['X-Azure-Ref', '20261128T040000Z-15b8f7c9d4b']),
  'azure-application-gateway': through(null, ['Set-Cookie', 'ApplicationGatewayAffinity=0a1b']),
  'aws-alb': through(null, ['Set-Cookie', 'AWSALB=0a1b']),
  'aws-api-gateway': through(null, ['x-amzn-RequestId', '0a1b'], ['x-amz-apigw-id', 'Rtv0']),
  'google-lb': through(null, ['Via', '1.1 google']),
  'google-frontend': through('Google Frontend', ['X-Cloud-Trace-Context', '0a1b']),
  heroku: through(null, ['Via', '1.1 vegur']),
  vercel: through('Vercel', ['X-Vercel-Id', 'fra1::abcde-1764302400000-0123']),
  netlify: through('Netlify', ['X-Nf-Request-Id', '01JDQ7ABCDEFGHJKMNPQRSTVWX']),
  fly: through('Fly/6f91d33b9d (2025-10-08)', ['Via', '1.1 fly.io'], ['Fly-Request-Id', '01K77TA95-ord']),
  render: through('cloudflare', ['CF-RAY', '8f0a-FRA'], ['rndr-id', '0a1b'], ['x-render-origin-server', 'gunicorn']),
  railway: through('railway-edge', ['x-railway-edge', 'railway/eu'], ['x-railway-request-id', 'ugpR']),
  digitalocean: through('cloudflare', ['x-do-app-origin', '0a1b'], ['x-do-orig-status', '502'], ['CF-RAY', '8f0a-FRA']),
  datadome: through(null, ['X-DataDome', 'protected'], ['Set-Cookie', 'datadome=abc']),
  ngrok: through(null, ['ngrok-trace-id', '0a1b']),
};

/** The same over HTTP/2: no reason phrase, names in lower case. */
export const overHttp2 = (answer: Answer): Answer => ({
  ...answer,
  ...{ reason: null, httpVersion: '2' },
  headers: without(answer, []).map(([name, value]) => [name.toLowerCase(), value]),
});
