import type { CheckResult, Hop } from '@farwatch/domain';
import type { Answer, SeenLook } from './case.ts';

const maxBody = 65_536;

const textOf = (base64: string): string =>
  new TextDecoder().decode(Uint8Array.from(atob(base64).slice(0, maxBody), (each) => each.charCodeAt(0)));

type Told = Pick<CheckResult, 'outcome' | 'totalMs' | 'phases' | 'evidence' | 'details' | 'status'>;

const answerOf = ({ evidence, status }: Told, last: Hop | undefined): Answer | null => {
  if (evidence === undefined) {
    if (status === null) return null;
    const bodyBytes = last?.decodedBytes ?? null;
    return { status, reason: null, httpVersion: last?.httpVersion ?? null, headers: [], body: '', bodyBytes };
  }
  return {
    status: evidence.status,
    reason: evidence.reason === '' ? null : evidence.reason,
    httpVersion: last?.httpVersion ?? null,
    headers: evidence.headers,
    body: textOf(evidence.decodedBase64 ?? evidence.bodyBase64),
    bodyBytes: last?.decodedBytes ?? null,
  };
};

/** A check as the diagnosis reads it. `url`: what was asked for, secrets removed. */
export const seenLook = (told: Told, { ref, url, method }: Pick<SeenLook, 'ref' | 'url' | 'method'>): SeenLook => {
  const { outcome, totalMs, phases, details } = told;
  const hops = details?.hops ?? [];
  return {
    ...{ ref, url, method, totalMs, phases, hops },
    failure: outcome.verdict === 'down' ? outcome.failure : null,
    degraded: outcome.verdict === 'degraded' ? outcome.reason : null,
    findings: details?.findings ?? [],
    twin: details?.twin ?? null,
    answer: answerOf(told, hops.at(-1)),
  };
};
