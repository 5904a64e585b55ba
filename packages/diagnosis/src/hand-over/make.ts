import type { HopPhases } from '@farwatch/domain';
import type { SeenLook } from '../case.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { pageOf } from '../rules/page.ts';
import { whoSpoke } from '../speaker/who-spoke.ts';
import type { HandOverFacts } from './facts.ts';
import type { HandOver, HandOverCertificate, HandOverCheck } from './hand-over.ts';

const mostChecks = 5;
const mostHeaders = 60;
const mostPage = 1_500;
const mostIds = 30;

const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

const phaseNames: Readonly<Record<keyof HopPhases, string>> = {
  dnsMs: 'DNS',
  connectMs: 'connect',
  tlsMs: 'TLS',
  requestMs: 'request',
  firstByteMs: 'first byte',
  downloadMs: 'download',
};
const phasesOf = ({ hops, phases }: SeenLook): HandOverCheck['phases'] =>
  Object.entries(hops.at(-1)?.phases ?? phases ?? {}).flatMap(
    ([name, ms]) => (ms === null ? [] : [{ phase: phaseNames[name as keyof HopPhases], ms }]), // a key of the phases that were read
  );

const checkOf = (look: SeenLook): HandOverCheck => {
  const { ref, method, url, answer, hops, failure, totalMs } = look;
  const last = hops.at(-1);
  const status = answer?.status ?? last?.status ?? (failure?.kind === 'status' ? failure.status : null);
  return {
    ...{ at: isoOrNull(ref?.at ?? null), region: ref?.region ?? null, method, url: last?.url ?? url, status, totalMs },
    reason: answer?.reason ?? null,
    address: last?.address ?? null,
    httpVersion: answer?.httpVersion ?? last?.httpVersion ?? null,
    phases: phasesOf(look),
    headers: answer?.headers.slice(0, mostHeaders) ?? [],
  };
};

const certificateOf = (looks: readonly SeenLook[]): HandOverCertificate | null => {
  const tls = looks.map(({ hops }) => hops.at(-1)?.tls).find((each) => each?.certificate != null);
  if (tls?.certificate == null) return null;
  const { subject, issuer, names, startsAt, endsAt, serial, sha256 } = tls.certificate;
  return {
    subject,
    issuer,
    names,
    startsAt: isoOrNull(startsAt),
    endsAt: isoOrNull(endsAt),
    serial,
    sha256,
    error: tls.error,
  };
};

/** Every id by which somebody on the way can find a request of ours again. */
const requestIdsOf = (looks: readonly SeenLook[]): HandOver['requestIds'] =>
  looks
    .flatMap(({ answer, ref }) =>
      whoSpoke(answer).requestIds.map((id) => ({ ...id, at: isoOrNull(ref?.at ?? null), region: ref?.region ?? null })),
    )
    .slice(0, mostIds);

const addressesOf = (looks: readonly SeenLook[]): readonly string[] => [
  ...new Set(
    looks.flatMap(({ hops }) =>
      hops.flatMap(({ address, tried }) => [
        ...(address === null ? [] : [address]),
        ...tried.map((each) => each.address),
      ]),
    ),
  ),
];

const pageIn = (looks: readonly SeenLook[]): string | null => {
  const answer = looks.map((look) => look.answer).find((each) => each !== null && each.body !== '');
  if (answer == null) return null;
  const { title, text } = pageOf(answer);
  const whole = title === '' || text.startsWith(title) ? text : `${title} ${text}`;
  return whole === '' ? null : whole.slice(0, mostPage);
};

const diagnosisOf = ({
  summary,
  certainty,
  wroteBy,
  causes,
  evidence,
  firstFix,
  nextCheck,
}: Diagnosis): HandOver['diagnosis'] => ({
  ...{ summary, certainty, wroteBy: wroteBy.name, firstFix: firstFix.text, nextCheck: nextCheck.text },
  causes: causes.map(({ cause, words, confidence }) => ({ cause, words, confidence })),
  evidence: evidence.map(({ text }) => text),
});

/** Puts together what a hosting provider needs to find an outage in its own logs. */
export const handOver = (facts: HandOverFacts): HandOver => {
  const { incidentId, monitorName, url, madeAt, startedAt, resolvedAt, bounds, spans, looks, diagnosis } = facts;
  const inTime = spans.toSorted((a, b) => a.startedAt - b.startedAt || (a.region < b.region ? -1 : 1));
  return {
    ...{ version: 1, incidentId, monitor: monitorName, url },
    ...{ madeAt: iso(madeAt), startedAt: iso(startedAt), resolvedAt: isoOrNull(resolvedAt) },
    durationMs: Math.max(0, (resolvedAt ?? madeAt) - startedAt),
    startBetween: [isoOrNull(bounds.lastGoodAt), isoOrNull(bounds.firstBadAt)],
    clearBetween: [isoOrNull(bounds.lastBadAt), isoOrNull(bounds.firstGoodAt)],
    codes: inTime.map((span) => ({
      ...{ code: span.code, region: span.region, startedAt: iso(span.startedAt) },
      ...{ lastSeenAt: iso(span.lastSeenAt), endedAt: isoOrNull(span.endedAt) },
    })),
    requestIds: requestIdsOf(looks),
    addresses: addressesOf(looks),
    certificate: certificateOf(looks),
    checks: looks.slice(0, mostChecks).map(checkOf),
    page: pageIn(looks),
    diagnosis: diagnosis === null ? null : diagnosisOf(diagnosis),
  };
};
