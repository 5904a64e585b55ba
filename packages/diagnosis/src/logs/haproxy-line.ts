import type { Cause } from '../causes.ts';
import { type Line, type Meaning, meaningOf, monthOf } from './line.ts';

/** Client, moment, frontend, backend/server, timers; then status and bytes (HTTP) or bytes alone (TCP), and the termination state. */
const accept =
  /\[(\d{2})\/(\w{3})\/(\d{4}):(\d{2}):(\d{2}):(\d{2})\.(\d{3})\] \S{1,200} ([^\s/]{1,200})\/(\S{1,200}) ([\d/+-]{3,60}) (?:(-1|\d{3}) )?\+?\d{1,20} (?:\S{1,500} \S{1,500} )?([CSPLRIDUKcs-][RQCHDLT-])[A-Z-]{0,2} /u;

/** By the first two letters of the termination state. HAProxy, configuration manual, section 8.5. */
const states: Readonly<Record<string, Cause>> = {
  SC: 'origin-not-listening',
  sC: 'origin-unreachable',
  SH: 'origin-closed-early',
  sH: 'origin-timeout',
  SD: 'truncated-body',
  sD: 'origin-timeout',
  SQ: 'no-live-upstream',
  sQ: 'origin-saturated',
  SL: 'truncated-body',
  sL: 'origin-timeout',
  PH: 'origin-invalid-response',
  PR: 'blocked',
  PT: 'blocked',
  PC: 'gateway-overloaded',
  RC: 'gateway-overloaded',
  RQ: 'gateway-overloaded',
  DC: 'origin-not-listening',
};
const refusals: Readonly<Record<string, Cause>> = {
  '429': 'rate-limited',
  '413': 'request-too-large',
  '400': 'request-too-large',
  '503': 'maintenance',
};

/** What HAProxy does not tell apart. */
const alikes: Readonly<Record<string, readonly Cause[]>> = {
  SH: ['origin-reset'],
  PH: ['origin-header-too-big'],
  SC: ['gateway-wrong-target', 'upstream-tls', 'origin-unreachable', 'origin-reset', 'origin-saturated'],
};

const causeOf = (state: string, server: string, status: string): Cause | null => {
  if (server === '<NOSRV>' && state === 'SC') return 'no-live-upstream';
  if (state === 'PR') return refusals[status] ?? 'blocked';
  return states[state] ?? null;
};

const health: readonly Meaning[] = [
  { of: /has no server available/u, cause: 'no-live-upstream' },
  { of: /is DOWN[^\n]{0,200}Layer4 timeout/u, cause: 'origin-unreachable' },
  { of: /is DOWN[^\n]{0,200}Layer4/u, cause: 'origin-not-listening' },
  { of: /is DOWN[^\n]{0,200}Layer6/u, cause: 'upstream-tls' },
  { of: /is DOWN[^\n]{0,200}Layer7 timeout/u, cause: 'origin-timeout' },
  { of: /is DOWN[^\n]{0,200}Layer7 (?:wrong|invalid)/u, cause: 'app-error' },
  { of: /is going DOWN for maintenance/u, cause: 'maintenance' },
  { of: /is (?:UP|DOWN)\b|is stopping|Proxy \S{1,80} started/u, cause: null },
];

/** A line of HAProxy: `option httplog` or `tcplog`, and what its health checks say. */
export const haproxyLine = (text: string): Line | null => {
  const found = accept.exec(text);
  if (found !== null) {
    const [, day, month = '', year, hour, minute, second, ms, backend = '', server = '', , status = '', state = ''] =
      found;
    const at = Date.UTC(
      Number(year),
      monthOf(month),
      Number(day),
      Number(hour),
      Number(minute),
      Number(second),
      Number(ms),
    );
    const alike = alikes[state];
    const line = {
      format: 'haproxy',
      at,
      cause: causeOf(state, server, status),
      upstream: `${backend}/${server}`,
    } as const;
    return alike === undefined ? line : { ...line, alike };
  }
  const server = /(?:Server|backend|Proxy) (\S{1,200})/iu.exec(text.slice(0, 400))?.[1];
  if (server === undefined || !/\b(?:is (?:going )?(?:UP|DOWN)|has no server available|is stopping)/u.test(text))
    return null;
  return { format: 'haproxy', at: null, cause: meaningOf(text, health)?.cause ?? null, upstream: server };
};
