import { explain, type Failure, type TwinAnswer } from '@farwatch/domain';
import type { DialRules } from './dial/addresses.ts';
import { bareHost } from './dial/addresses.ts';
import { takeHop } from './hop.ts';
import type { Question } from './http/question.ts';
import type { LookRequest } from './look-request.ts';
import { stopwatch } from './stopwatch.ts';

/** The news of a failure waits for this answer, so it is not waited for long. */
const longestMs = 5_000;

const wordsOf = (failure: Failure | null): string | null => (failure === null ? null : explain(failure).slice(0, 500));

/** The URL at the origin: its path, and the host and name that the public URL has. */
const placeOf = (url: URL, origin: URL, question: Question) => {
  const asked = new URL(origin.origin); // never parsed together: a path that begins with // would be read as a host
  asked.pathname = url.pathname;
  asked.search = url.search;
  return { url: asked, question, isFirst: true };
};

/**
 * Asks the origin what the public URL was asked, with the same Host and SNI, and tells what it said. Its certificate may be
 * anybody's: origins behind a CDN often show one of their own. Never throws.
 */
export const askTwin = async (request: LookRequest, rules: DialRules): Promise<TwinAnswer | null> => {
  const url = URL.parse(request.url);
  const origin = URL.parse(request.origin ?? '');
  if (url === null || origin === null) return null;
  const { method, headers = {}, body = null, secret = null } = request;
  const asked: LookRequest = {
    ...request,
    verifyTls: false,
    maxRedirects: 0, // what the origin says to this one question
    timeoutMs: Math.min(longestMs, request.timeoutMs),
    serverName: request.serverName ?? bareHost(url.hostname),
    hostHeader: request.hostHeader ?? url.host,
    family: 'any',
  };
  const signal = AbortSignal.timeout(asked.timeoutMs);
  const way = { request: asked, rules, watch: stopwatch(), signal };
  const end = await takeHop(way, placeOf(url, origin, { method, headers, body, secret }), { mayFollow: false });
  const evidence = end.evidence();
  return {
    origin: origin.origin,
    verdict: end.failure === null ? 'good' : 'bad',
    reason: wordsOf(end.failure),
    hop: end.hop,
    bodyBase64: evidence?.bodyBase64 ?? null,
    headers: evidence?.headers ?? [],
  };
};
