import { type CheckResult, type Evidence, expectsStatus, type Failure, type Outcome } from '@farwatch/domain';
import type { DialRules } from './addresses.ts';
import { type Dialled, dial } from './dial.ts';
import { evidenceOf } from './evidence.ts';
import { type Exchange, exchange, type Head } from './exchange.ts';
import { nextUrl } from './redirect.ts';
import { type Stopwatch, stopwatch } from './stopwatch.ts';

export type LookRequest = Readonly<{
  /** http or https. */
  url: string;
  method: 'GET' | 'HEAD';
  /** Over the whole look: DNS, every redirect, the body to its end. */
  timeoutMs: number;
  /** 0 = a redirect is an answer like any other. */
  maxRedirects: number;
  /** As `expectsStatus` reads it: `200-399`. */
  expectedStatuses: string;
  userAgent: string;
}>;
export type LookAnswer = Pick<
  CheckResult,
  'startedAt' | 'totalMs' | 'outcome' | 'status' | 'bytes' | 'remoteAddress' | 'phases' | 'evidence'
> &
  Readonly<{ certificateEndsAt: number | null }>;

/** What one or more hops have come to. */
type Seen = Readonly<{
  failure: Failure | null;
  status: number | null;
  bytes: number | null;
  remoteAddress: string | null;
  certificateEndsAt: number | null;
  evidence: Evidence | null;
}>;

const network = (phase: 'dns' | 'connect' | 'tls' | 'protocol', code: string): Failure => ({
  kind: 'network',
  phase,
  code,
});

/** TLS can still fail once the handshake looks done: TLS 1.3 servers refuse a client certificate that late. */
const faultPhase = (code: string): 'tls' | 'protocol' => (/^ERR_(?:SSL|TLS)_/u.test(code) ? 'tls' : 'protocol');

type Hop = Readonly<{ request: LookRequest; rules: DialRules; watch: Stopwatch; signal: AbortSignal }>;
const timedOut = ({ request }: Hop): Failure => ({ kind: 'timeout', afterMs: request.timeoutMs });

const dialFailure = (hop: Hop, { phase, code }: Extract<Dialled, { ok: false }>): Failure =>
  code === 'ABORTED' ? timedOut(hop) : network(phase, code);

const judge = (hop: Hop, { head, fault }: Exchange): Failure | null => {
  if (fault === 'ABORTED') return timedOut(hop);
  if (fault !== null) return network(faultPhase(fault), fault);
  if (head === null) return network('protocol', 'EMPTY_ANSWER'); // unreachable: no fault means there was a head
  return expectsStatus(hop.request.expectedStatuses, head.status) ? null : { kind: 'status', status: head.status };
};

const portOf = (url: URL): number => Number(url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : url.port);

type HopEnd = Readonly<{ seen: Seen; next: URL | null }>;
const nothing: Seen = {
  ...{ failure: null, status: null, bytes: null },
  ...{ remoteAddress: null, certificateEndsAt: null, evidence: null },
};
const failed = (failure: Failure, known: Partial<Seen>): HopEnd => ({
  seen: { ...nothing, ...known, failure },
  next: null,
});

/** One request. `next` is where it leads, when it may still be followed; `before` is the evidence of the hop before. */
const takeHop = async (hop: Hop, url: URL, mayFollow: boolean, before: Evidence | null): Promise<HopEnd> => {
  const { request, rules, watch, signal } = hop;
  const target = { hostname: url.hostname, port: portOf(url), secure: url.protocol === 'https:' };
  const dialled = await dial(target, rules, signal, watch.enter);
  const { address: remoteAddress, certificateEndsAt = null } = dialled;
  if (!dialled.ok) return failed(dialFailure(hop, dialled), { remoteAddress, certificateEndsAt, evidence: before });
  watch.enter('firstByte');
  const leadsTo = (head: Head) => (request.maxRedirects === 0 ? null : nextUrl(head, url));
  const ask = {
    url,
    method: request.method,
    userAgent: request.userAgent,
    skipBody: (head: Head) => mayFollow && leadsTo(head) instanceof URL,
    onFirstByte: () => watch.enter('download'),
  };
  const answer = await exchange(dialled.socket, ask, signal);
  const whole = answer.fault === null && answer.head !== null;
  const next = whole && answer.head !== null ? leadsTo(answer.head) : null;
  const failure = next === null ? judge(hop, answer) : redirectFailure(next, mayFollow);
  const evidence = failure !== null || next !== null ? evidenceOf(url, answer) : null;
  const bytes = answer.head === null ? null : answer.bytes;
  const status = answer.head?.status ?? null;
  const seen = { failure, status, bytes, remoteAddress, certificateEndsAt, evidence: evidence ?? before };
  return { seen, next: failure === null && next instanceof URL ? next : null };
};

const redirectFailure = (next: URL | 'invalid', mayFollow: boolean): Failure | null => {
  if (next === 'invalid') return network('protocol', 'INVALID_REDIRECT');
  return mayFollow ? null : network('protocol', 'TOO_MANY_REDIRECTS');
};

const follow = async (hop: Hop): Promise<Seen> => {
  const { maxRedirects } = hop.request;
  let url: URL | null = URL.parse(hop.request.url);
  if (url === null) return failed(network('protocol', 'INVALID_URL'), {}).seen;
  let evidence: Evidence | null = null;
  for (let followed = 0; ; followed++) {
    const { seen, next }: HopEnd = await takeHop(hop, url, followed < maxRedirects, evidence);
    if (next === null) return seen;
    url = next;
    evidence = seen.evidence;
  }
};

/** A look that failed in itself: a bug here, and no fault of the site's. */
const broken = (error: unknown): Outcome => ({
  verdict: 'inconclusive',
  reason: `probe error: ${error instanceof Error ? error.name : 'unknown'}`,
});

/**
 * Looks once at a URL over fresh connections and says what came of it. Never throws. The answer comes at most a moment
 * after `timeoutMs`, whatever the other side does. `evidence` is present when it is down and a server had answered.
 */
export const look = async (request: LookRequest, rules: DialRules): Promise<LookAnswer> => {
  const startedAt = Date.now();
  const watch = stopwatch();
  const deadline = new AbortController();
  // One turn of the loop before giving up: when the process was held up, the answer may be waiting to be read.
  const timer = setTimeout(() => setImmediate(() => deadline.abort()), request.timeoutMs);
  try {
    const seen = await follow({ request, rules, watch, signal: deadline.signal });
    return answer(startedAt, watch, seen, verdictOf(seen));
  } catch (error) {
    return answer(startedAt, watch, nothing, broken(error));
  } finally {
    clearTimeout(timer);
  }
};

const verdictOf = ({ failure }: Seen): Outcome => (failure === null ? { verdict: 'up' } : { verdict: 'down', failure });

const answer = (startedAt: number, watch: Stopwatch, seen: Seen, outcome: Outcome): LookAnswer => {
  const { status, bytes, remoteAddress, certificateEndsAt, evidence } = seen;
  const result = { startedAt, ...watch.read(), outcome, status, bytes, remoteAddress, certificateEndsAt };
  return outcome.verdict === 'down' && evidence !== null ? { ...result, evidence } : result;
};
