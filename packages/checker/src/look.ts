import type { CheckResult, Evidence, Failure, Finding, Hop, LookDetails, Outcome } from '@farwatch/domain';
import { assertionOutcome } from './assert/assertions.ts';
import type { DialRules } from './dial/addresses.ts';
import { secretsOf } from './evidence/evidence.ts';
import { knownSecrets } from './evidence/secrets.ts';
import { type HopEnd, type Place, takeHop, type Way } from './hop.ts';
import { redirected } from './http/question.ts';
import type { LookRequest } from './look-request.ts';
import { type Stopwatch, stopwatch } from './stopwatch.ts';
import { askTwin } from './twin.ts';

export type LookAnswer = Pick<
  CheckResult,
  'startedAt' | 'totalMs' | 'outcome' | 'status' | 'bytes' | 'remoteAddress' | 'phases' | 'evidence'
> &
  Readonly<{ certificateEndsAt: number | null; details: LookDetails }>;

/** What the hops of a look have come to. */
type Seen = Readonly<{
  failure: Failure | null;
  /** Why nobody can say whether the answer is what is asserted. */
  unclear?: string;
  hops: readonly Hop[];
  findings: readonly Finding[];
  /** Of the answer that it ended with, else of the last redirect before. */
  evidence: () => Evidence | null;
  whole: HopEnd['whole'];
  /** Where the last request went. */
  place: Place | null;
}>;

const invalidUrl: Failure = { kind: 'network', phase: 'protocol', code: 'INVALID_URL' };
const nothing: Seen = {
  ...{ failure: null, hops: [], findings: [], place: null },
  ...{ whole: () => null, evidence: () => null },
};

/** A server may pick HTTP/2 and then want 1.1 for this request (RFC 9113, section 7): it gets it, as from a browser. */
const takeAsWanted = async (way: Way, place: Place, mayFollow: boolean): Promise<HopEnd> => {
  const end = await takeHop(way, place, { mayFollow });
  const { failure } = end;
  const isRefused = failure?.kind === 'network' && failure.code === 'HTTP2_HTTP_1_1_REQUIRED';
  if (!isRefused || (way.request.http ?? 'auto') !== 'auto') return end;
  return takeHop({ ...way, request: { ...way.request, http: '1.1' } }, place, { mayFollow });
};

const follow = async (way: Way): Promise<Seen> => {
  const { url, maxRedirects, method, headers = {}, body = null, secret = null } = way.request;
  const first = URL.parse(url);
  if (first === null) return { ...nothing, failure: invalidUrl };
  let place: Place = { url: first, question: { method, headers, body, secret }, isFirst: true };
  const hops: Hop[] = [];
  let before: HopEnd['evidence'] = () => null;
  for (let followed = 0; ; followed++) {
    const end = await takeAsWanted(way, place, followed < maxRedirects);
    hops.push(end.hop);
    const earlier = before;
    const evidence = (): Evidence | null => end.evidence() ?? earlier();
    const { failure, findings, whole, next } = end;
    if (next === null) return { failure, hops, findings, whole, evidence, place };
    before = evidence;
    const question = redirected(place.question, end.hop.status ?? 0, place.url, next);
    place = { url: next, question, isFirst: place.isFirst && place.url.origin === next.origin };
  }
};

/** A look that failed in itself: a bug here, and no fault of the site's. */
const broken = (error: unknown): Outcome => ({
  verdict: 'inconclusive',
  reason: `probe error: ${error instanceof Error ? error.name : 'unknown'}`,
});

type Times = ReturnType<Stopwatch['read']>;
/** A certificate's end counts where it was believed, need not be, or would have been had it not run out. */
const certificateEndOf = ({ hops }: Seen, { verifyTls = true }: LookRequest): number | null => {
  const tls = hops.at(-1)?.tls;
  const counts = !verifyTls || tls?.error === null || tls?.error === 'CERT_HAS_EXPIRED';
  return counts ? (tls?.certificate?.endsAt ?? null) : null;
};

/** So long after its timeout a look settles at the latest, whatever is asserted of what came in time. */
const slackMs = 800;

/** What came whole, with what is asserted of it. */
const asserted = async (
  request: LookRequest,
  seen: Seen,
  { startedAt: now, settleBy, ...times }: Times & Readonly<{ startedAt: number; settleBy: number }>,
): Promise<Seen> => {
  const { assertions = [], secret = null } = request;
  const whole = assertions.length === 0 ? null : seen.whole();
  if (whole === null) return seen;
  const last = seen.hops.at(-1);
  const place = { bytes: last?.decodedBytes ?? 0, remoteAddress: last?.address ?? '' };
  const certificateEndsAt = certificateEndOf(seen, request);
  const urls = [URL.parse(request.url), URL.parse(whole.url)].filter((url) => url !== null);
  const secrets = knownSecrets(secret === null ? [] : [secret.value], urls.flatMap(secretsOf));
  const answer = { ...whole, ...place, certificateEndsAt, ...times, now };
  const outcome = await assertionOutcome(assertions, answer, secrets, settleBy);
  if (outcome === null) return seen;
  return outcome.verdict === 'down' ? { ...seen, failure: outcome.failure } : { ...seen, unclear: outcome.reason };
};

const verdictOf = ({ failure, unclear }: Seen, { degradedAboveMs = null }: LookRequest, totalMs: number): Outcome => {
  if (failure !== null) return { verdict: 'down', failure };
  if (unclear !== undefined) return { verdict: 'inconclusive', reason: unclear };
  if (degradedAboveMs === null || totalMs <= degradedAboveMs) return { verdict: 'up' };
  return { verdict: 'degraded', reason: `answered in ${Math.round(totalMs)} ms, more than ${degradedAboveMs} ms` };
};

const isAskedAgain = ({ kind, code }: Finding): boolean =>
  kind === 'compression' || code === 'CUT_BODY' || code === 'EXCESS_BODY';
const harmless: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A fault of length or compression is asked for once more without compression: that explains it, and changes no verdict. */
const confirmed = async (way: Way, { findings, place }: Seen): Promise<readonly Finding[]> => {
  if (place === null || !findings.some(isAskedAgain) || !harmless.has(place.question.method)) return findings;
  const again = await takeHop({ ...way, watch: stopwatch() }, place, { mayFollow: false, codings: 'identity' });
  if (again.failure?.kind === 'timeout') return findings;
  const withIdentity = again.failure === null && !again.findings.some(isAskedAgain) ? 'good' : 'bad';
  return findings.map((finding) => (isAskedAgain(finding) ? { ...finding, withIdentity } : finding));
};

type Judged = Readonly<{ seen: Seen; outcome: Outcome; times: Times }>;
/** What explains a result, asked after its times were taken. */
const explained = async (way: Way, { seen, outcome, times }: Judged, startedAt: number): Promise<LookAnswer> => {
  const { request, rules } = way;
  const isDown = outcome.verdict === 'down';
  const evidence = isDown || request.keepsEvidence === 'always' ? seen.evidence() : null; // as it was before anything is asked again
  const asksTwin = isDown && Boolean(request.origin);
  const [findings, twin] =
    seen.findings.length === 0 && !asksTwin
      ? [seen.findings, null]
      : await Promise.all([confirmed(way, seen), asksTwin ? askTwin(request, rules) : null]);
  const last = seen.hops.at(-1);
  return {
    ...{ startedAt, ...times, outcome },
    status: last?.status ?? null,
    bytes: last?.decodedBytes ?? null,
    remoteAddress: last?.address ?? null,
    certificateEndsAt: certificateEndOf(seen, request),
    details: { hops: seen.hops, findings, ...(twin === null ? {} : { twin }) },
    ...(evidence === null ? {} : { evidence }),
  };
};

/**
 * Looks once at a URL over fresh connections and says what came of it. Never throws. The answer comes at most a moment
 * after `timeoutMs`, whatever the other side does; with an origin that is asked too, up to five seconds later.
 * `evidence` is present when a server had answered and it is down, or evidence is always kept.
 */
export const look = async (request: LookRequest, rules: DialRules): Promise<LookAnswer> => {
  const startedAt = Date.now();
  const beganAt = performance.now();
  const watch = stopwatch();
  const deadline = new AbortController();
  const way = { request, rules, watch, signal: deadline.signal };
  // One turn of the loop before giving up: when the process was held up, the answer may be waiting to be read.
  const timer = setTimeout(() => setImmediate(() => deadline.abort()), request.timeoutMs);
  try {
    const came = await follow(way);
    const times = watch.read(); // before anybody looks at what came
    const settleBy = beganAt + request.timeoutMs + slackMs;
    const seen = await asserted(request, came, { ...times, startedAt, settleBy });
    return await explained(way, { seen, outcome: verdictOf(seen, request, times.totalMs), times }, startedAt);
  } catch (error) {
    return await explained(way, { seen: nothing, outcome: broken(error), times: watch.read() }, startedAt);
  } finally {
    clearTimeout(timer);
  }
};
