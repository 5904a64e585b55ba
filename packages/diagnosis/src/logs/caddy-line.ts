import { type Line, type Meaning, meaningOf, upstreamOf } from './line.ts';

/** Go's words for what went wrong (net, net/http, crypto/tls) and Caddy's own (modules/caddyhttp/reverseproxy). */
const messages: readonly Meaning[] = [
  { of: /no upstreams available/u, cause: 'no-live-upstream' },
  { of: /connect: connection refused/u, cause: 'origin-not-listening' },
  { of: /connect: no such file or directory/u, cause: 'socket-missing' },
  { of: /connect: permission denied/u, cause: 'socket-permission' },
  { of: /connect: resource temporarily unavailable/u, cause: 'origin-saturated' },
  { of: /no such host|server misbehaving|lookup [^\s]{1,260}:/u, cause: 'upstream-dns' },
  {
    of: /dial [^"]{1,300}(?:i\/o timeout|deadline exceeded)|no route to host|network is unreachable|connect: connection timed out/u,
    cause: 'origin-unreachable',
  },
  { of: /tls: |x509: |server gave HTTP response to HTTPS client|remote error: tls/u, cause: 'upstream-tls' },
  { of: /server response headers exceeded/u, cause: 'origin-header-too-big' },
  { of: /timeout awaiting response headers|context deadline exceeded|i\/o timeout/u, cause: 'origin-timeout' },
  {
    of: /malformed (?:HTTP|MIME|chunked)|invalid (?:header|byte in chunk)|bad Content-Length|unsupported transfer encoding/u,
    cause: 'origin-invalid-response',
  },
  {
    of: /reading from backend|aborting with incomplete response|unexpected EOF"?,?"?[^}]{0,60}copy/u,
    cause: 'truncated-body',
  },
  { of: /connection reset by peer|broken pipe/u, cause: 'origin-reset' },
  { of: /\bEOF\b|server closed idle connection|transport connection broken/u, cause: 'origin-closed-early' },
  { of: /too many open files/u, cause: 'gateway-overloaded' },
];

const field = (text: string, name: string): string => {
  const begin = text.indexOf(`"${name}":"`);
  if (begin < 0) return '';
  return /^(?:[^"\\]|\\.){0,1000}/u.exec(text.slice(begin + name.length + 4, begin + name.length + 1_004))?.[0] ?? '';
};

/** What it says, without the request that it was said of. */
export const caddySaid = (text: string): string =>
  [field(text, 'level'), field(text, 'logger'), field(text, 'msg'), field(text, 'error')]
    .filter((part) => part !== '')
    .join(': ');

const timeIn = (text: string): number | null => {
  const number = /"ts":(\d{9,11}(?:\.\d{1,9})?)/u.exec(text.slice(0, 400))?.[1];
  if (number !== undefined) return Math.round(Number(number) * 1_000);
  const at = Date.parse(field(text.slice(0, 600), 'ts').replaceAll('/', '-'));
  return Number.isNaN(at) ? null : at;
};

/** A line of Caddy's structured log. */
export const caddyLine = (text: string): Line | null => {
  if (!text.startsWith('{"level":"') || !text.includes('"msg":"')) return null;
  const said = `${field(text, 'msg')} ${field(text, 'error')}`;
  const isError = /^\{"level":"(?:error|warn)"/u.test(text);
  const dialled = /dial (?:tcp|unix) ([^\s"]{1,260}?):? /u.exec(said)?.[1] ?? '';
  const upstream = dialled === '' ? field(text, 'upstream') : dialled;
  return {
    ...{
      format: 'caddy',
      isAbsolute: true,
      at: timeIn(text),
      cause: isError ? (meaningOf(said, messages)?.cause ?? null) : null,
    },
    upstream: upstream === '' ? null : upstream.startsWith('/') ? `unix:${upstream}` : upstreamOf(upstream),
  };
};
