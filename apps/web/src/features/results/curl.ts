import type { MonitorView } from '@farwatch/contracts';

type Asked = Pick<
  MonitorView,
  'auth' | 'body' | 'connection' | 'headers' | 'maxRedirects' | 'method' | 'timeoutMs' | 'url' | 'verifyTls'
>;
/** What to do it with. `address`: the one that answered; `origin`: the site behind its CDN in place of the URL's host. */
export type CurlOptions = Readonly<{
  address?: string | null;
  family?: 'any' | 'ipv4' | 'ipv6';
  origin?: string | null;
}>;
/** What the command cannot say by itself. */
export type CurlNote = 'token' | 'no-redirects' | 'resolvers' | 'headers-elsewhere';
export type Curl = Readonly<{ command: string; notes: readonly CurlNote[] }>;

/** One word for a POSIX shell, whatever is in it. */
export const shellWord = (text: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
/** The placeholder is expanded by the shell, so it stands outside the quotes around what comes before it. */
const withToken = (before: string): string => `${before === '' ? '' : shellWord(before)}"$FARWATCH_TOKEN"`;

/** As the probe does: these are the connection's own. */
const ours =
  /^(?:host|connection|content-length|transfer-encoding|upgrade|keep-alive|te|trailer|expect|proxy-.*|user-agent|accept-encoding)$/iu;

const header = (name: string, value: string): string =>
  `--header ${shellWord(value === '' ? `${name};` : `${name}: ${value}`)}`;

const authOf = ({ auth }: Asked): readonly string[] => {
  switch (auth?.kind) {
    case 'basic':
      return [`--user ${withToken(`${auth.name ?? ''}:`)}`];
    case 'bearer':
      return [`--header ${withToken('Authorization: Bearer ')}`];
    case 'header':
      return [`--header ${withToken(`${auth.name ?? ''}: `)}`];
    case undefined:
      return [];
  }
};

const portOf = ({ port, protocol }: URL): string => (port !== '' ? port : protocol === 'https:' ? '443' : '80');
const bracketed = (address: string): string =>
  address.includes(':') && !address.startsWith('[') ? `[${address}]` : address;

/** The URL's host is what TLS asks for; where the connection goes is said apart from it. */
const targetOf = ({ url, connection }: Asked, { address = null, origin = null }: CurlOptions): readonly string[] => {
  const asked = new URL(url);
  const to = new URL(origin ?? url);
  const { serverName, hostHeader } = connection;
  const name = serverName ?? asked.hostname;
  const reached = origin !== null ? bracketed(to.hostname) : address !== null ? bracketed(address) : asked.hostname;
  const port = portOf(to);
  const shown = `${to.protocol}//${name}${to.port === '' ? '' : `:${to.port}`}${asked.pathname}${asked.search}`;
  const host = hostHeader ?? (serverName !== null || origin !== null ? asked.host : null);
  return [
    `--url ${shellWord(shown)}`,
    ...(reached === name ? [] : [`--connect-to ${shellWord(`${bracketed(name)}:${port}:${reached}:${port}`)}`]),
    ...(host === null ? [] : [`--header ${shellWord(`Host: ${host}`)}`]),
  ];
};

const methodOf = ({ method, body, headers }: Asked): readonly string[] => {
  if (method === 'HEAD') return ['--head'];
  // Of a POST curl makes a GET when it is redirected, as the probe does, unless the method was said.
  const request = method === 'GET' || method === 'POST' ? [] : [`--request ${method}`];
  if (method === 'GET' || method === 'OPTIONS' || (body === null && method !== 'POST'))
    return ['--include', ...request];
  // curl would say that it is a form.
  const typed = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  return [
    '--include',
    ...request,
    ...(typed ? [] : [`--header 'Content-Type:'`]),
    `--data-raw ${shellWord(body ?? '')}`,
  ];
};

const versionOf = ({ url, connection }: Asked): readonly string[] => {
  if (connection.httpVersion === '1.1') return ['--http1.1'];
  if (connection.httpVersion === '2') return [url.startsWith('https:') ? '--http2' : '--http2-prior-knowledge'];
  return [];
};

const familyOf = ({ connection }: Asked, family: CurlOptions['family']): readonly string[] => {
  const wanted = family === undefined || family === 'any' ? connection.family : family;
  return wanted === 'ipv4' ? ['--ipv4'] : wanted === 'ipv6' ? ['--ipv6'] : [];
};

const sent = ({ headers }: Asked): readonly string[] =>
  Object.entries(headers).flatMap(([name, value]) => (ours.test(name) ? [] : [header(name, value)]));

/** The look as a command for a POSIX shell. Secrets are never in it: `$FARWATCH_TOKEN` stands in their place. */
export const curlOf = (asked: Asked, options: CurlOptions = {}): Curl => {
  const { auth, maxRedirects, timeoutMs, verifyTls, connection } = asked;
  const named = sent(asked);
  // A header with a secret would go along to wherever a redirect leads.
  const follows = maxRedirects > 0 && auth?.kind !== 'header';
  const words = [
    ...['curl --silent --show-error --globoff --path-as-is --compressed', ...methodOf(asked)],
    ...targetOf(asked, options),
    ...[...named, ...authOf(asked), ...versionOf(asked), ...familyOf(asked, options.family)],
    ...(verifyTls ? [] : ['--insecure']),
    ...(follows ? [`--location --max-redirs ${maxRedirects}`] : []),
    `--max-time ${timeoutMs / 1_000}`,
  ];
  const notes: readonly CurlNote[] = [
    ...(auth === null ? [] : ['token' as const]),
    ...(maxRedirects > 0 && !follows ? ['no-redirects' as const] : []),
    ...(follows && named.length > 0 ? ['headers-elsewhere' as const] : []),
    ...(connection.resolvers.length > 0 && (options.address ?? options.origin ?? null) === null
      ? ['resolvers' as const]
      : []),
  ];
  return { command: words.join(' \\\n  '), notes };
};
