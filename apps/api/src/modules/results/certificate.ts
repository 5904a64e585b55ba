import type { CheckResult } from '@farwatch/domain';
import type { CertificateChange, CertificateKept, EndsSeen } from '../monitors/state-store.ts';

/** Ends this near each other are one: servers that each renew for themselves get theirs minutes apart. */
const sameMs = 3_600_000;
/** So long nobody may have seen the old certificate before a later one counts as its renewal. */
const settlesMs = 3_600_000;

type Sighting = Readonly<{ at: number; endsAt: number }>;

/**
 * What a look says of the certificate: nothing without TLS or from an old probe, and nothing when it comes so late that
 * the certificate may have been renewed since.
 */
const sightingOf = ({ certificateEndsAt: endsAt, outcome, scheduledAt: at }: CheckResult, now: number): Sighting[] => {
  if (endsAt === undefined || endsAt === null || at <= now - settlesMs) return [];
  return outcome.verdict === 'inconclusive' || outcome.verdict === 'missed' ? [] : [{ at, endsAt }];
};

/** The earliest and the latest end that these results say of each monitor. */
export const endsSeen = (results: readonly CheckResult[], now: number): ReadonlyMap<string, EndsSeen> => {
  const seen = new Map<string, EndsSeen>();
  for (const result of results) {
    for (const { endsAt } of sightingOf(result, now)) {
      const { earliest, latest } = seen.get(result.monitorId) ?? { earliest: endsAt, latest: endsAt };
      seen.set(result.monitorId, { earliest: Math.min(earliest, endsAt), latest: Math.max(latest, endsAt) });
    }
  }
  return seen;
};

/**
 * An earlier end counts at once; a later one, a renewal, when for an hour and two intervals no look has seen the earlier
 * any more. So regions, or servers behind one name, that show different certificates keep the earliest of them instead
 * of warning anew at every change of sight. While they differ, the doubt is renewed at most once in a quarter of that
 * time: a difference that stays must not cost a write a look.
 */
const sight = (before: CertificateKept, { at, endsAt }: Sighting): CertificateKept => {
  const { ends, laterSince, intervalMs } = before;
  if (ends === null || endsAt < ends) return { ...before, ends: endsAt, laterSince: null };
  const heldMs = Math.max(settlesMs, 2 * intervalMs);
  if (endsAt <= ends + sameMs) {
    const stale = laterSince !== null && at - laterSince > heldMs / 4;
    return stale ? { ...before, laterSince: null } : before;
  }
  if (laterSince === null) return { ...before, laterSince: at };
  return at - laterSince < heldMs ? before : { ...before, ends: endsAt, laterSince: null, renewed: true };
};

/** What the new results change in what is kept of these monitors' certificates. */
export const certificateChanges = (
  kept: ReadonlyMap<string, CertificateKept>,
  results: readonly CheckResult[],
  now: number,
): readonly CertificateChange[] => {
  if (kept.size === 0) return [];
  const byMonitor = Map.groupBy(results, ({ monitorId }) => monitorId);
  return [...kept].flatMap(([monitorId, was]) => {
    const sightings = (byMonitor.get(monitorId) ?? []).flatMap((result) => sightingOf(result, now));
    const becomes = sightings.toSorted((a, b) => a.at - b.at).reduce(sight, was);
    return becomes === was ? [] : [{ monitorId, was, becomes }];
  });
};

/** Another certificate than before: when it was first seen, and until when the one and the other are valid; epoch ms. */
export type CertificateReplaced = Readonly<{ monitorId: string; at: number; before: number; ends: number }>;

/** Of these changes those that are another certificate, and not the first one that is known. */
export const certificatesReplaced = (
  changes: readonly CertificateChange[],
  now: number,
): readonly CertificateReplaced[] =>
  changes.flatMap(({ monitorId, was, becomes: { ends, renewed } }) => {
    const before = was.ends;
    if (before === null || ends === null || Math.abs(ends - before) <= sameMs) return [];
    return [{ monitorId, at: renewed ? (was.laterSince ?? now) : now, before, ends }];
  });
