import {
  type Assertion,
  type CheckResult,
  type Evidence,
  expectsStatus,
  type Failure,
  type Outcome,
} from '@farwatch/domain';
import type { DialRules } from './addresses.ts';
import { type Asserted, assertionFailure, readsBody } from './assertions.ts';
import { type Dialled, dial } from './dial.ts';
import { evidenceOf, withoutSecrets } from './evidence.ts';
import { type Exchange, exchange, type Head } from './exchange.ts';
import { type Method, type Question, redirected } from './question.ts';
import { nextUrl } from './redirect.ts';
import { type Stopwatch, stopwatch } from './stopwatch.ts';

export type LookRequest = Readonly<{
  /** http or https. */
  url: string;
  method: Method;
  headers?: Readonly<Record<string, string>>;
  body?: string | null;
  /** False: a certificate that can't be verified is no failure. */
  verifyTls?: boolean;
  /** A header that holds a credential: it goes to the URL's own origin alone, and never into evidence. */
  secret?: Question['secret'];
  /** Over the whole look: DNS, every redirect, the body to its end. */
  timeoutMs: number;
  /** 0 = a redirect is an answer like any other. */
  maxRedirects: number;
  /** As `expectsStatus` reads it: `200-399`. */
  expectedStatuses: string;
  userAgent: string;
  /** What an answer must be besides its status. */
  assertions?: readonly Assertion[];
  /** A good answer that took longer is degraded; null = never. */
  degradedAboveMs?: number | null;
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
  /** The answer that it ended with, when it is whole and its status counts as up. */
  whole: Pick<Asserted, 'url' | 'headers' | 'body'> | null;
  /** Evidence of that answer, for an assertion that fails. */
  evidenceOfWhole: () => Evidence | null;
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
  ...{ remoteAddress: null, certificateEndsAt: null, evidence: null, whole: null, evidenceOfWhole: () => null },
};
const failed = (failure: Failure, known: Partial<Seen>): HopEnd => ({
  seen: { ...nothing, ...known, failure },
  next: null,
});

/** Where a look is: whom it asks what, and the evidence of the hop before. */
type Place = Readonly<{ url: URL; question: Question; evidence: Evidence | null }>;

/** One request. `next` is where it leads, when it may still be followed. */
const takeHop = async (hop: Hop, { url, question, evidence: before }: Place, mayFollow: boolean): Promise<HopEnd> => {
  const { request, rules, watch, signal } = hop;
  const target = {
    hostname: url.hostname,
    port: portOf(url),
    secure: url.protocol === 'https:',
    verify: request.verifyTls ?? true,
  };
  const dialled = await dial(target, rules, signal, watch.enter);
  const { address: remoteAddress, certificateEndsAt = null } = dialled;
  if (!dialled.ok) return failed(dialFailure(hop, dialled), { remoteAddress, certificateEndsAt, evidence: before });
  watch.enter('firstByte');
  const leadsTo = (head: Head) => (request.maxRedirects === 0 ? null : nextUrl(head, url));
  const ask = {
    url,
    question,
    userAgent: request.userAgent,
    keepWhole: readsBody(request.assertions ?? []),
    skipBody: (head: Head) => mayFollow && leadsTo(head) instanceof URL,
    onFirstByte: () => watch.enter('download'),
  };
  const answer = await exchange(dialled.socket, ask, signal);
  const whole = answer.fault === null && answer.head !== null;
  const next = whole && answer.head !== null ? leadsTo(answer.head) : null;
  const failure = next === null ? judge(hop, answer) : redirectFailure(next, mayFollow);
  const secrets = request.secret ? [request.secret.value] : [];
  const evidence = failure !== null || next !== null ? evidenceOf(url, answer, secrets) : null;
  const bytes = answer.head === null ? null : answer.bytes;
  const status = answer.head?.status ?? null;
  const good = failure === null && next === null;
  const seen: Seen = {
    ...{ failure, status, bytes, remoteAddress, certificateEndsAt, evidence: evidence ?? before },
    whole: good ? wholeOf(url, answer) : null,
    evidenceOfWhole: () => (good ? evidenceOf(url, answer, secrets) : null),
  };
  return { seen, next: failure === null && next instanceof URL ? next : null };
};

const charsetOf = (headers: Asserted['headers']): string => {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return /;\s*charset="?([\w-]{1,40})/iu.exec(type)?.[1] ?? 'utf-8';
};
const decoded = (body: Buffer, charset: string): string => {
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return body.toString('utf8'); // a charset nobody knows
  }
};
const wholeOf = (url: URL, { head, body }: Exchange): Seen['whole'] => {
  const raw = head?.rawHeaders ?? [];
  const headers = raw.flatMap((name, i) =>
    i % 2 === 0 ? [[name.toString('latin1'), raw[i + 1]?.toString('utf8') ?? ''] as const] : [],
  );
  return { url: url.href, headers, body: decoded(Buffer.concat(body), charsetOf(headers)) };
};

const redirectFailure = (next: URL | 'invalid', mayFollow: boolean): Failure | null => {
  if (next === 'invalid') return network('protocol', 'INVALID_REDIRECT');
  return mayFollow ? null : network('protocol', 'TOO_MANY_REDIRECTS');
};

const follow = async (hop: Hop): Promise<Seen> => {
  const { maxRedirects } = hop.request;
  const { method, headers = {}, body = null, secret = null } = hop.request;
  const first = URL.parse(hop.request.url);
  if (first === null) return failed(network('protocol', 'INVALID_URL'), {}).seen;
  let place: Place = { url: first, question: { method, headers, body, secret }, evidence: null };
  for (let followed = 0; ; followed++) {
    const { seen, next }: HopEnd = await takeHop(hop, place, followed < maxRedirects);
    if (next === null) return seen;
    const question = redirected(place.question, seen.status ?? 0, place.url, next);
    place = { url: next, question, evidence: seen.evidence };
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
    const times = watch.read(); // before anybody looks at what came
    const judged = await asserted(request, seen, { startedAt, ...times });
    return answer(startedAt, times, judged, verdictOf(judged, request, times.totalMs));
  } catch (error) {
    return answer(startedAt, watch.read(), nothing, broken(error));
  } finally {
    clearTimeout(timer);
  }
};

type Times = ReturnType<Stopwatch['read']>;
/** What came whole, with what is asserted of it. */
const asserted = async (
  { assertions = [], secret = null }: LookRequest,
  seen: Seen,
  times: Times & Readonly<{ startedAt: number }>,
): Promise<Seen> => {
  const { whole, bytes, remoteAddress, certificateEndsAt } = seen;
  if (whole === null || assertions.length === 0) return seen;
  const place = { bytes: bytes ?? 0, remoteAddress: remoteAddress ?? '', certificateEndsAt };
  const failure = await assertionFailure(assertions, { ...whole, ...place, ...times, now: times.startedAt });
  if (failure === null) return seen;
  const got = withoutSecrets(failure.got, secret === null ? [] : [secret.value]);
  return { ...seen, failure: { ...failure, got }, evidence: seen.evidenceOfWhole() ?? seen.evidence };
};

const verdictOf = ({ failure }: Seen, { degradedAboveMs = null }: LookRequest, totalMs: number): Outcome => {
  if (failure !== null) return { verdict: 'down', failure };
  if (degradedAboveMs === null || totalMs <= degradedAboveMs) return { verdict: 'up' };
  return { verdict: 'degraded', reason: `answered in ${Math.round(totalMs)} ms, more than ${degradedAboveMs} ms` };
};

const answer = (startedAt: number, times: Times, seen: Seen, outcome: Outcome): LookAnswer => {
  const { status, bytes, remoteAddress, certificateEndsAt, evidence } = seen;
  const result = { startedAt, ...times, outcome, status, bytes, remoteAddress, certificateEndsAt };
  return outcome.verdict === 'down' && evidence !== null ? { ...result, evidence } : result;
};
