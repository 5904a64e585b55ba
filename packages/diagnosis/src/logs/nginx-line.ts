import { type Line, meaningOf, upstreamOf } from './line.ts';
import { connectCause, fastcgiStderr, nginxMessages } from './nginx-messages.ts';

const digits = (text: string, from: number, to: number): number => {
  let value = 0;
  for (let n = from; n < to; n++) {
    const digit = text.charCodeAt(n) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
};

/** `2026/11/28 04:43:01 [error] ` at this place; NaN = it isn't. */
const timeAt = (text: string, at: number): number => {
  if (text[at + 4] !== '/' || text[at + 7] !== '/' || text[at + 13] !== ':' || text[at + 20] !== '[') return Number.NaN;
  const day = Date.UTC(digits(text, at, at + 4), digits(text, at + 5, at + 7) - 1, digits(text, at + 8, at + 10));
  return (
    day +
    (digits(text, at + 11, at + 13) * 3_600 + digits(text, at + 14, at + 16) * 60 + digits(text, at + 17, at + 19)) *
      1_000
  );
};

/** Where nginx says it was going. */
const upstreamIn = (text: string): string | null => {
  const begin = text.indexOf(', upstream: "');
  if (begin < 0) return null;
  return upstreamOf(text.slice(begin + 13, begin + 313));
};

const connectFailed = /connect\(\)(?: to [^\s]{1,300})? failed \((\d{1,3}):/u;
const brokenPipe =
  /(?:recv|readv|send|writev|sendfile)\(\)[^(]{0,40} failed \((?:104|32):|kevent\(\) reported about an closed connection/u;

const causeOf = (text: string): Line['cause'] | undefined => {
  const connect = connectFailed.exec(text);
  if (connect !== null) return connectCause(Number(connect[1]), text.includes('unix:'));
  if (text.includes('FastCGI sent in stderr')) return meaningOf(text, fastcgiStderr)?.cause ?? null;
  const meaning = meaningOf(text, nginxMessages);
  if (meaning !== null) return meaning.cause;
  return brokenPipe.test(text) ? (/ upstream|reading response header/u.test(text) ? 'origin-reset' : null) : undefined;
};

/** A line of nginx's error log, after whatever a container or a syslog put before it. */
export const nginxLine = (text: string): Line | null => {
  const bracket = text.indexOf(' [');
  if (bracket < 19 || bracket > 400) return null;
  const at = timeAt(text, bracket - 19);
  if (Number.isNaN(at)) return null;
  const cause = causeOf(text) ?? null;
  // Whoever is asked first (auth_request) failed, and with it every page.
  const isOfHelper = cause !== null && text.includes(', subrequest: "');
  return { format: 'nginx', at, cause: isOfHelper ? 'gateway-dependency' : cause, upstream: upstreamIn(text) };
};

/** Whether nginx's message is one that is known, with a cause or without. */
export const isKnownToNginx = (message: string): boolean => causeOf(message) !== undefined;
