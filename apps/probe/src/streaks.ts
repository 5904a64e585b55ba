import { type CheckResult, failureCode, type LookDetails } from '@farwatch/domain';

/** What the probe remembers of monitors: the code of a running failure, and what was last kept of one. */
export type Streaks = Readonly<{
  /** The result without the evidence and the details that show nothing new, and whether it can't wait. */
  observe: (result: CheckResult) => Readonly<{ result: CheckResult; urgent: boolean }>;
  keepOnly: (monitorIds: ReadonlySet<string>) => void;
}>;

/** A site that fails differently at every look, or every other look, must not send its whole page each time. */
const keepEveryMs = 60_000;
/** Details are kept anew after so long, so that they outlive the log's own retention. */
const renewEveryMs = 6 * 3_600_000;

type Memory = Readonly<{
  /** The failure that evidence was kept of in this streak; null when none was yet, or it is over. */
  shown: string | null;
  failing: boolean;
  /** The slot of the last evidence, epoch ms. */
  shownAt: number;
  /** What the details that were last kept showed, and their slot. */
  details: string | null;
  detailsAt: number;
}>;
const unknown: Memory = {
  ...{ shown: null, failing: false, shownAt: Number.NEGATIVE_INFINITY },
  ...{ details: null, detailsAt: Number.NEGATIVE_INFINITY },
};

/** Either way: after a clock was set back nothing must stay away until it has caught up. */
const isSoon = (at: number, before: number, withinMs: number): boolean => Math.abs(at - before) < withinMs;

/** What makes details worth keeping again: all but what changes from look to look (times, sizes, which address of many). */
const signatureOf = ({ hops, findings, twin }: LookDetails): string =>
  JSON.stringify([
    hops.map((hop) => [
      hop.url,
      hop.status,
      hop.httpVersion,
      hop.coding,
      hop.tls?.version,
      hop.tls?.certificate?.sha256,
    ]),
    hops.map(({ tls }) => [tls?.error, tls?.stapled]),
    findings.map(({ code }) => code),
    twin?.verdict,
  ]);

/** The failure with what explains it: another explanation is worth another look at the answer. */
const causeOf = (code: string, details: LookDetails | undefined): string =>
  [code, ...(details?.findings.map((finding) => finding.code) ?? []), details?.twin?.verdict ?? ''].join(' ');

const without = (result: CheckResult, what: 'evidence' | 'details'): CheckResult => {
  const { [what]: _dropped, ...rest } = result;
  return rest;
};

type Observed = Readonly<{ result: CheckResult; memory: Memory }>;

/** Evidence that comes too soon is not lost: the next look with the same failure brings it. */
const weighEvidence = (result: CheckResult, before: Memory, code: string): Observed => {
  const cause = causeOf(code, result.details);
  const memory = { ...before, failing: true };
  const isKnown = cause === before.shown || isSoon(result.scheduledAt, before.shownAt, keepEveryMs);
  if (result.evidence === undefined || isKnown) return { result: without(result, 'evidence'), memory };
  return { result, memory: { ...memory, shown: cause, shownAt: result.scheduledAt } };
};

/** Details stand beside every evidence, and are kept when somebody asked, when they show something new, and now and then. */
const weighDetails = ({ result, memory }: Observed): Observed => {
  const { details, scheduledAt } = result;
  if (details === undefined) return { result, memory };
  const asked = result.evidence !== undefined || result.trigger === 'request';
  const signature = signatureOf(details);
  const isNew = signature !== memory.details && !isSoon(scheduledAt, memory.detailsAt, keepEveryMs);
  const isOld = !isSoon(scheduledAt, memory.detailsAt, renewEveryMs);
  if (!asked && !isNew && !isOld) return { result: without(result, 'details'), memory };
  return { result, memory: { ...memory, details: signature, detailsAt: scheduledAt } };
};

/** Bad news, what someone waits for, and the end of a failure leave at once; more of the good does not. */
export const openStreaks = (): Streaks => {
  const known = new Map<string, Map<CheckResult['family'], Memory>>();
  const remember = ({ monitorId, family }: CheckResult, memory: Memory): void => {
    const families = known.get(monitorId) ?? new Map();
    families.set(family, memory);
    known.set(monitorId, families);
  };
  const weigh = (result: CheckResult, before: Memory): Observed => {
    const { outcome } = result;
    if (outcome.verdict === 'down') return weighDetails(weighEvidence(result, before, failureCode(outcome.failure)));
    const good = outcome.verdict === 'up' || outcome.verdict === 'degraded';
    const over = good && before.failing;
    return weighDetails({ result, memory: over ? { ...before, shown: null, failing: false } : before });
  };
  return {
    observe: (seen) => {
      const before = known.get(seen.monitorId)?.get(seen.family) ?? unknown;
      const { result, memory } = weigh(seen, before);
      if (memory !== before) remember(seen, memory);
      const { verdict } = seen.outcome;
      const recovered = before.failing && !memory.failing;
      return { result, urgent: verdict === 'down' || recovered || seen.trigger !== 'schedule' };
    },
    keepOnly: (monitorIds) => {
      for (const id of known.keys()) if (!monitorIds.has(id)) known.delete(id);
    },
  };
};
