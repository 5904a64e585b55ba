import type { Cause } from '../causes.ts';
import { type Line, type Meaning, meaningOf, monthOf, upstreamOf } from './line.ts';
import { connectCause } from './nginx-messages.ts';

const stamp =
  /\[(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (\w{3}) {1,2}(\d{1,2}) (\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,6}))? (\d{4})\] \[/u;

/** Failed reads by the error that apr names: errno, or apr's own. */
const readCauses: Readonly<Record<number, Cause>> = {
  22: 'origin-invalid-response',
  32: 'origin-reset',
  104: 'origin-reset',
  110: 'origin-timeout',
  20014: 'origin-closed-early',
  70007: 'origin-timeout',
  70008: 'truncated-body',
  70014: 'origin-closed-early',
};
const connectAprs: Readonly<Record<number, Cause>> = { 70007: 'origin-unreachable', 70023: 'gateway-config' };

/** Apache httpd 2.4: modules/proxy/*.c, modules/ssl, server/. The number names the message. */
const messages: readonly Meaning[] = [
  { of: /AH10124|AH01081|AH02663/u, cause: 'origin-header-too-big' },
  { of: /AH01106|AH01070|AH01068|AH01069|AH10229|AH10230|AH10236/u, cause: 'origin-invalid-response', isEcho: true },
  { of: /AH0089[78][^\n]{0,20}(?:DNS lookup failure)|DNS lookup failure for|AH00895|AH02900/u, cause: 'upstream-dns' },
  {
    of: /Error during SSL Handshake with remote|AH0200[345]|AH0203[0-9]|AH0204[01]|AH0241[12]|SSL Proxy (?:connect|requested|handshake)|AH01961/u,
    cause: 'upstream-tls',
  },
  { of: /AH01170|AH01171|AH00940|All workers are in error state/u, cause: 'no-live-upstream' },
  { of: /AH01144|AH00526|AH00124|AH01276|AH02282|AH00111/u, cause: 'gateway-config' },
  {
    of: /AH0048[45]|AH03490|AH00484|AH00287|AH00288|AH00161|reached MaxRequestWorkers|server is within MinSpareThreads/u,
    cause: 'gateway-overloaded',
  },
  { of: /AH01630|AH01797|AH01618|ModSecurity: Access denied/u, cause: 'blocked' },
  { of: /AH0107[15][^\n]{0,40}Primary script unknown|AH00128|AH02811/u, cause: 'not-found' },
  {
    of: /AH0107[15]|AH01215[^\n]{0,200}(?:Fatal|Traceback|Uncaught)|End of script output before headers|AH02429/u,
    cause: 'app-error',
  },
  {
    of: /AH00898|AH01114|AH01079|AH00959|AH00896|AH00941|AH01097|AH01095/u,
    cause: 'origin-closed-early',
    isEcho: true,
  },
];

const errnoIn = (text: string): number => Number(/\] \((\d{1,6})\)/u.exec(text)?.[1] ?? Number.NaN);

const causeOf = (text: string): Pick<Line, 'cause' | 'isEcho'> => {
  const errno = errnoIn(text);
  if (/AH00957|AH02454|AH01078/u.test(text))
    return { cause: connectAprs[errno] ?? connectCause(errno, text.includes('AH02454')) };
  if (/AH01102|AH01067|AH10404|AH01084|AH01110|AH01086|AH01083|AH01077|AH01073/u.test(text)) {
    const cause = readCauses[errno] ?? 'origin-closed-early';
    return { cause: text.includes('AH01110') && cause !== 'origin-timeout' ? 'truncated-body' : cause };
  }
  const meaning = meaningOf(text, messages);
  return meaning === null ? { cause: null } : { cause: meaning.cause, ...(meaning.isEcho ? { isEcho: true } : {}) };
};

const upstreamIn = (text: string): string | null => {
  const socket = /AH02454: [^\n]{0,80}Unix domain socket ([^\s(]{1,200})/u.exec(text)?.[1];
  if (socket !== undefined) return `unix:${socket}`;
  const found = /(?:attempt to connect to|from remote server|to backend:?|by server) ([\w.:[\]-]{1,260})/u.exec(
    text,
  )?.[1];
  return found === undefined ? null : upstreamOf(found);
};

/** A line of Apache httpd's error log (the default ErrorLogFormat of 2.4). */
export const apacheLine = (text: string): Line | null => {
  const found = stamp.exec(text.slice(0, 500));
  if (found === null) return null;
  const [, month = '', day, hour, minute, second, fraction = '', year] = found;
  const whole = Date.UTC(Number(year), monthOf(month), Number(day), Number(hour), Number(minute), Number(second));
  const ms = Number(fraction.slice(0, 3).padEnd(3, '0'));
  return { format: 'apache', at: whole + ms, upstream: upstreamIn(text), ...causeOf(text) };
};
