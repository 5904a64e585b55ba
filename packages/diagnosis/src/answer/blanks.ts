import type { Snippet } from '../diagnosis.ts';
import type { Facts } from '../rules/rule.ts';

/** What may stand in a command: each value was found safe, or is a stand-in in capitals. */
export type Blanks = Readonly<{
  /** Where the gateway goes: `127.0.0.1:3000`. */
  target: string;
  port: string;
  /** A unix socket's path. */
  socket: string;
  /** How curl asks the origin. */
  origin: string;
  /** PHP-FPM's unit, or a pattern of all. */
  fpm: string;
  /** How its configuration is tested before it is started again. */
  fpmTest: string;
  /** The public URL without a query, and its host. */
  url: string;
  host: string;
  /** With the port that TLS is spoken on. */
  hostport: string;
  /** Around the failure: `2026-11-28 03:58:00 UTC`, quoted for a shell. */
  since: string;
  until: string;
  /** The moment in words. */
  moment: string;
}>;

const safeHost = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/iu;
const safeAddress = /^(?:[a-z0-9][a-z0-9._-]{0,200}|\[[0-9a-f:.]{2,45}\]):(\d{1,5})$/iu;
const safeSocket = /^unix:(\/[A-Za-z0-9._/-]{1,200}?)(?::.*)?$/u;

/** The upstream that a log names most often, where it may stand in a command. */
export const upstreamIn = ({ seen: { log } }: Facts): string | null => {
  const named = log?.counts.find(({ upstream, within }) => upstream !== null && within > 0)?.upstream ?? null;
  if (named === null || named.includes('..')) return null;
  return safeAddress.test(named) || safeSocket.test(named) ? named : null;
};

const pad = 120_000;
const quoted = (at: number): string => `'${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC'`;
const latest = 8_000_000_000_000_000;
const timesOf = ({ seen: { look, log } }: Facts): Pick<Blanks, 'since' | 'until' | 'moment'> => {
  const at = look.ref?.at ?? log?.counts.find(({ lastAt }) => lastAt !== null)?.lastAt ?? null;
  if (at === null || !(Math.abs(at) < latest))
    return { since: "'30 minutes ago'", until: 'now', moment: 'the time of the failure' };
  const moment = `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  return { since: quoted(at - pad), until: quoted(at + pad), moment };
};

/** Only what a shell takes literally between single quotes, and people take for what it is. */
const urlOf = (url: URL | null, host: string): string => {
  if (url === null || !/^https?:$/u.test(url.protocol)) return `https://${host}/`;
  const port = /^\d{1,5}$/u.test(url.port) ? `:${url.port}` : '';
  return `${url.protocol}//${host}${port}${/^[A-Za-z0-9._~/-]{1,300}$/u.test(url.pathname) ? url.pathname : '/'}`;
};

export const blanksOf = (facts: Facts): Blanks => {
  const upstream = upstreamIn(facts);
  const socket = upstream === null ? undefined : safeSocket.exec(upstream)?.[1];
  const port = upstream === null ? undefined : safeAddress.exec(upstream)?.[1];
  const target = socket === undefined && upstream !== null ? upstream : '127.0.0.1:PORT';
  const version = /php(\d\.\d)-fpm/u.exec(socket ?? '')?.[1];
  const url = URL.parse(facts.seen.look.url);
  const asked = url?.hostname ?? facts.seen.host;
  const host = safeHost.test(asked) ? asked.toLowerCase() : 'HOST';
  return {
    target,
    port: port ?? 'PORT',
    socket: socket ?? '/run/php/php-fpm.sock',
    origin: socket === undefined ? `http://${target}/` : `--unix-socket ${socket} http://localhost/`,
    fpm: version === undefined ? "'php*-fpm.service'" : `php${version}-fpm`,
    ...{
      fpmTest: version === undefined ? '' : `php-fpm${version} -t && `,
      url: urlOf(url, host),
      host,
      hostport: `${host}:${url?.protocol === 'https:' && url.port !== '' ? url.port : '443'}`,
    },
    ...timesOf(facts),
  };
};

/** Fills `{target}` and kin; a name that is not known stays as it is, and a test looks for those. */
export const filled = (text: string, blanks: Blanks): string =>
  text.replaceAll(
    /\{(target|port|socket|origin|fpm|fpmTest|url|host|hostport|since|until|moment)\}/gu,
    (_, name: keyof Blanks) => blanks[name],
  );

export const filledSnippet = ({ kind, title, text }: Snippet, blanks: Blanks): Snippet => ({
  kind,
  title: filled(title, blanks),
  text: filled(text, blanks),
});
