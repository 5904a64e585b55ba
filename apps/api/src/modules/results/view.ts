import type { CheckResultView } from '@farwatch/contracts';
import type { CheckResult } from '@farwatch/domain';

/** Names a result within its monitor: `1764079327120-fra-any`. */
export const resultId = ({ scheduledAt, region, family }: Pick<CheckResult, 'scheduledAt' | 'region' | 'family'>) =>
  `${scheduledAt}-${region}-${family}`;

/** One line of the response log; `hasEvidence` when it is kept elsewhere than in the result itself. */
export const checkResultView = (result: CheckResult, hasEvidence = result.evidence !== undefined): CheckResultView => ({
  id: resultId(result),
  monitorId: result.monitorId,
  region: result.region,
  family: result.family,
  trigger: result.trigger,
  scheduledAt: new Date(result.scheduledAt).toISOString(),
  startedAt: new Date(result.startedAt).toISOString(),
  totalMs: result.totalMs,
  outcome: result.outcome,
  status: result.status,
  bytes: result.bytes,
  remoteAddress: result.remoteAddress,
  phases: result.phases,
  hasEvidence,
});
