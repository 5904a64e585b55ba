import type { CheckResultView, getResult, LookDetailsView, ReplyOf } from '@farwatch/contracts';
import type { CheckResult, Hop, LookDetails } from '@farwatch/domain';
import type { Kept } from './evidence-store.ts';
import { resultId } from './result-id.ts';

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

const instant = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const hopView = (hop: Hop): LookDetailsView['hops'][number] => {
  const { tls } = hop;
  if (tls === null) return { ...hop, tried: [...hop.tried], tls };
  const { certificate } = tls;
  const shown = certificate && {
    ...certificate,
    names: [...certificate.names],
    startsAt: instant(certificate.startsAt),
    endsAt: instant(certificate.endsAt),
    chain: certificate.chain.map((one) => ({ ...one, endsAt: instant(one.endsAt) })),
  };
  return { ...hop, tried: [...hop.tried], tls: { ...tls, certificate: shown } };
};

const detailsView = ({ hops, findings, twin }: LookDetails): LookDetailsView => ({
  hops: hops.map(hopView),
  findings: [...findings],
  ...(twin === undefined
    ? {}
    : {
        twin: {
          ...twin,
          hop: twin.hop === null ? null : hopView(twin.hop),
          headers: twin.headers.map(([name, value]): [string, string] => [name, value]),
        },
      }),
});

/** One result with all that was kept of it, or of the look before that showed the same. */
export const fullResultView = (
  result: CheckResult,
  { evidence, details, detailsAt }: Kept,
): ReplyOf<typeof getResult> => ({
  ...checkResultView(result, evidence !== null),
  evidence,
  details: details === null ? null : detailsView(details),
  detailsOf: detailsAt === null ? null : resultId({ ...result, scheduledAt: detailsAt }),
});
