import type { OtherLook } from '@farwatch/diagnosis';
import { type CheckResult, type Failure, failureCode } from '@farwatch/domain';

/** A failing look and what was kept of it. */
export type Failing = Readonly<{ result: CheckResult; answered: boolean; twin: boolean }>;

const rank = ({ result, answered, twin }: Failing, code: string): readonly number[] => {
  const { outcome } = result;
  const same = outcome.verdict === 'down' && failureCode(outcome.failure) === code;
  return [same ? 0 : 1, twin ? 0 : 1, answered ? 0 : 1, result.scheduledAt];
};

const compare = (a: readonly number[], b: readonly number[]): number => {
  for (const [i, each] of a.entries()) {
    const difference = each - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};

/**
 * Failing looks, those that explain an incident best first: what saw what opened it, of these what asked the origin too, of
 * these what an answer was kept of, and of these the earliest.
 */
export const byTelling = (looks: readonly Failing[], cause: Failure): readonly CheckResult[] => {
  const code = failureCode(cause);
  return looks.toSorted((a, b) => compare(rank(a, code), rank(b, code))).map(({ result }) => result);
};

/** The first of each kind: what another region, family or code saw. */
export const eachKindOnce = (looks: readonly CheckResult[]): readonly CheckResult[] => {
  const seen = new Set<string>();
  return looks.filter(({ region, family, outcome }) => {
    const kind = `${region} ${family} ${outcome.verdict === 'down' ? failureCode(outcome.failure) : ''}`;
    if (seen.has(kind)) return false;
    seen.add(kind);
    return true;
  });
};

/** A look as agreement is judged by it; null for one that saw nothing. */
export const otherLook = ({
  region,
  family,
  scheduledAt,
  outcome,
  remoteAddress,
  totalMs,
}: CheckResult): OtherLook | null => {
  const seen = { ref: { region, family, at: scheduledAt }, address: remoteAddress, totalMs };
  switch (outcome.verdict) {
    case 'up':
    case 'degraded':
      return { ...seen, verdict: 'good', code: null };
    case 'down':
      return { ...seen, verdict: 'bad', code: failureCode(outcome.failure) };
    case 'inconclusive':
    case 'missed':
      return null;
  }
};
