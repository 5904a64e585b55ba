import type { CheckResultView } from '@farwatch/contracts';
import type { CheckResult, Outcome, Verdict } from '@farwatch/domain';

/** A `check_result` row as `resultColumns` reads it. Lengths are microseconds; `detail` is the outcome without its verdict. */
export type CheckResultRow = Readonly<{
  monitorId: string;
  region: string;
  family: CheckResult['family'];
  trigger: CheckResult['trigger'];
  scheduledAt: Date;
  startedAt: Date;
  totalUs: number;
  dnsUs: number | null;
  connectUs: number | null;
  tlsUs: number | null;
  firstByteUs: number | null;
  downloadUs: number | null;
  verdict: Verdict;
  detail: unknown;
  status: number | null;
  bytes: number | null;
  remoteAddress: string | null;
}>;

/** The columns of a `CheckResultRow`, from a `check_result` that the query calls `r`. */
export const resultColumns = `
  r.monitor_id AS "monitorId", r.region, r.family, r.trigger, r.scheduled_at AS "scheduledAt",
  r.started_at AS "startedAt", r.total_us AS "totalUs", r.dns_us AS "dnsUs", r.connect_us AS "connectUs",
  r.tls_us AS "tlsUs", r.first_byte_us AS "firstByteUs", r.download_us AS "downloadUs", r.verdict, r.detail,
  r.status, r.bytes, host(r.remote_address) AS "remoteAddress"`;

const millis = (us: number): number => us / 1_000;
const phase = (us: number | null): number | null => (us === null ? null : millis(us));

/** The look as it was reported, without its evidence. */
export const resultOf = (row: CheckResultRow): CheckResult => ({
  monitorId: row.monitorId,
  region: row.region,
  family: row.family,
  trigger: row.trigger,
  scheduledAt: row.scheduledAt.getTime(),
  startedAt: row.startedAt.getTime(),
  totalMs: millis(row.totalUs),
  outcome: { verdict: row.verdict, ...(row.detail ?? {}) } as Outcome, // written by ingest from an Outcome, split in two
  status: row.status,
  bytes: row.bytes,
  remoteAddress: row.remoteAddress,
  phases: {
    dnsMs: phase(row.dnsUs),
    connectMs: phase(row.connectUs),
    tlsMs: phase(row.tlsUs),
    firstByteMs: phase(row.firstByteUs),
    downloadMs: phase(row.downloadUs),
  },
});

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
