import type { CheckResultView, IncidentView, SpanRecord } from '@farwatch/contracts';
import { type CheckResult, type FailureSpan, failureCode, type ReplayedIncident } from '@farwatch/domain';
import type { Api } from './api.ts';
import type { PlainIncident, PlainSpan } from './differences.ts';

/** Epoch ms as ISO 8601. */
export const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

/** A line of the log as the judgement reads it. */
export const resultOf = (view: CheckResultView): CheckResult => ({
  ...view,
  scheduledAt: Date.parse(view.scheduledAt),
  startedAt: Date.parse(view.startedAt),
});

export const plainIncident = ({
  startedAt,
  resolvedAt,
  endReason,
  cause,
  regions,
}: ReplayedIncident): PlainIncident => ({
  ...{ startedAt: iso(startedAt), resolvedAt: isoOrNull(resolvedAt) },
  ...{ endReason, cause, regions },
});
export const plainSpan = ({ region, failure, startedAt, lastSeenAt, endedAt }: FailureSpan): PlainSpan => ({
  ...{ region, code: failureCode(failure), failure },
  ...{ startedAt: iso(startedAt), lastSeenAt: iso(lastSeenAt), endedAt: isoOrNull(endedAt) },
});

/** What is compared: the range, epoch ms. */
type Range = Readonly<{ monitorId: string; from: number; to: number }>;
const query = ({ monitorId, from, to }: Range): string => `monitorId=${monitorId}&from=${iso(from)}&to=${iso(to)}`;

/** The stored incidents that the log of the range can tell of: those that began in it and were not taken back. */
export const storedIncidents = async (api: Api, range: Range): Promise<readonly PlainIncident[]> => {
  const stored: PlainIncident[] = [];
  for await (const row of api.rows<IncidentView>(`/v1/incidents?${query(range)}`)) {
    const { startedAt, resolvedAt, endReason, cause, regions } = row;
    if (endReason === 'withdrawn' || Date.parse(startedAt) < range.from) continue;
    const over = resolvedAt !== null && Date.parse(resolvedAt) <= range.to; // what came later the range's log can't tell
    stored.push({
      ...{ startedAt, resolvedAt: over ? resolvedAt : null, endReason: over ? endReason : null },
      ...{ cause, regions },
    });
  }
  return stored.reverse();
};

/** As the range's log can tell it: of what went on at its end only the beginning. */
export const asOf =
  (to: number) =>
  (span: PlainSpan): PlainSpan =>
    span.endedAt !== null && Date.parse(span.endedAt) <= to ? span : { ...span, lastSeenAt: null, endedAt: null };

/** The stored spans that began in the range. */
export const storedSpans = async (api: Api, range: Range): Promise<readonly PlainSpan[]> => {
  const stored: PlainSpan[] = [];
  for await (const row of api.rows<SpanRecord>(`/v1/spans?${query(range)}`)) {
    const { region, code, failure, startedAt, lastSeenAt, endedAt } = row;
    if (Date.parse(startedAt) >= range.from) stored.push({ region, code, failure, startedAt, lastSeenAt, endedAt });
  }
  return stored.map(asOf(range.to)).reverse();
};
