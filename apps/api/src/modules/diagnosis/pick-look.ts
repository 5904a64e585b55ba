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
 * The look that explains an incident best: one that saw what opened it, of these one that asked the origin too, of these
 * one of which an answer was kept, and of these the first.
 */
export const pickLook = (looks: readonly Failing[], cause: Failure): CheckResult | null => {
  const code = failureCode(cause);
  const [best] = looks.toSorted((a, b) => compare(rank(a, code), rank(b, code)));
  return best?.result ?? null;
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
