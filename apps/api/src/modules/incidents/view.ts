import type { BoundsView, CodeSpanView, IncidentView, SpanView } from '@farwatch/contracts';
import { type Bounds, codesOf, explain, type Failure, inFieldOrder } from '@farwatch/domain';
import type { Actor } from '../alerts/planner.ts';
import type { StoredBounds } from './record-store.ts';

/** An `incident` row with its monitor's name and URL, as `incidentColumns` reads it. */
export type IncidentRow = Readonly<{
  id: string;
  organisationId: string;
  monitorId: string;
  monitorName: string;
  url: string;
  startedAt: Date;
  resolvedAt: Date | null;
  endReason: 'recovered' | 'paused' | 'withdrawn' | null;
  bounds: StoredBounds | null;
  cause: Failure;
  regions: readonly string[];
  openedAt: Date;
  severity: IncidentView['severity'];
  acknowledgedAt: Date | null;
  acknowledgedBy: Actor | null;
  assigneeId: string | null;
  snoozedUntil: Date | null;
  postMortem: string | null;
  postMortemAt: Date | null;
  /** What it is part of. */
  partOf: Readonly<{
    incidentId: string;
    because: Exclude<IncidentView['attachedBecause'], null>;
    shared: string | null;
    /** Of the other one's monitor. */
    name: string;
  }> | null;
}>;

/** The columns of an `IncidentRow`, from an `incident` called `i` joined with its `monitor`, called `m`. */
export const incidentColumns = `
  i.id, i.organisation_id AS "organisationId", i.monitor_id AS "monitorId", m.name AS "monitorName", m.url,
  i.started_at AS "startedAt", i.resolved_at AS "resolvedAt", i.end_reason AS "endReason", i.cause, i.regions,
  i.opened_at AS "openedAt", i.bounds, i.severity, i.acknowledged_at AS "acknowledgedAt", i.acknowledged_by AS "acknowledgedBy",
  i.assignee_id AS "assigneeId", i.snoozed_until AS "snoozedUntil", i.post_mortem AS "postMortem",
  i.post_mortem_at AS "postMortemAt",
  (SELECT json_build_object('incidentId', a.parent_incident_id, 'because', a.because, 'shared', a.shared, 'name', pm.name)
   FROM incident_attachment a JOIN incident pi ON pi.id = a.parent_incident_id
     JOIN monitor pm ON pm.id = pi.monitor_id AND pm.deleted_at IS NULL
   WHERE a.incident_id = i.id) AS "partOf"`;

/** `2 h 3 min`, `4 min 10 s`, `9 s`: the two largest units. */
export const lengthText = (ms: number): string => {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3_600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const;
  const first = parts.findIndex(([n]) => n > 0);
  if (first === -1) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([n]) => n > 0)
    .map(([n, unit]) => `${n} ${unit}`)
    .join(' ');
};
/** `2026-11-20 14:00:00 UTC`. */
export const momentText = (at: Date): string => `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
/** `fra, iad and sin`. */
export const wordList = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** One plain sentence: what, since when, seen from where, and how it ended. */
export const incidentSummary = (
  row: Pick<IncidentRow, 'monitorName' | 'startedAt' | 'resolvedAt' | 'endReason' | 'cause' | 'regions'>,
): string => {
  const seen = row.regions.length === 0 ? '' : `, seen from ${wordList(row.regions)}`;
  const why = `${explain(row.cause)}${seen}`;
  if (row.resolvedAt === null) return `${row.monitorName} has been down since ${momentText(row.startedAt)}: ${why}.`;
  const length = lengthText(row.resolvedAt.getTime() - row.startedAt.getTime());
  if (row.endReason === 'withdrawn') return `${row.monitorName} was not down: later checks took back what looked so.`;
  const end = row.endReason === 'paused' ? ', until it was paused' : '';
  return `${row.monitorName} was down for ${length} from ${momentText(row.startedAt)}${end}: ${why}.`;
};

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
export const boundsView = (bounds: Bounds | undefined): BoundsView => ({
  lastGoodAt: iso(bounds?.lastGoodAt ?? null),
  firstBadAt: iso(bounds?.firstBadAt ?? null),
  lastBadAt: iso(bounds?.lastBadAt ?? null),
  firstGoodAt: iso(bounds?.firstGoodAt ?? null),
});

export const incidentView = (row: IncidentRow): IncidentView => ({
  id: row.id,
  monitorId: row.monitorId,
  monitorName: row.monitorName,
  url: row.url,
  status: row.resolvedAt === null ? 'open' : 'resolved',
  startedAt: row.startedAt.toISOString(),
  resolvedAt: row.resolvedAt?.toISOString() ?? null,
  endReason: row.endReason,
  durationMs: row.resolvedAt === null ? null : row.resolvedAt.getTime() - row.startedAt.getTime(),
  bounds: boundsView(row.bounds?.all),
  cause: inFieldOrder(row.cause),
  summary: incidentSummary(row),
  regions: [...row.regions],
  openedAt: row.openedAt.toISOString(),
  severity: row.severity,
  acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
  acknowledgedBy: row.acknowledgedBy === null ? null : { ...row.acknowledgedBy },
  assigneeId: row.assigneeId,
  snoozedUntil: row.snoozedUntil?.toISOString() ?? null,
  postMortem: row.postMortem,
  postMortemAt: row.postMortemAt?.toISOString() ?? null,
  parentIncidentId: row.partOf?.incidentId ?? null,
  attachedBecause: row.partOf?.because ?? null,
  attachedTo: row.partOf?.shared ?? null,
});

/** A `span` row. */
export type SpanRow = Readonly<{
  region: string;
  code: string;
  failure: Failure;
  startedAt: Date;
  lastSeenAt: Date;
  endedAt: Date | null;
}>;

/** A span as its incident saw it: what lies before or after the incident is cut off. */
export const spanView = (row: SpanRow, incident: Pick<IncidentRow, 'startedAt' | 'resolvedAt'>): SpanView => {
  const from = incident.startedAt.getTime();
  const until = incident.resolvedAt?.getTime() ?? Number.POSITIVE_INFINITY;
  const clip = (at: Date): string => new Date(Math.min(Math.max(at.getTime(), from), until)).toISOString();
  const endedAt = row.endedAt ?? incident.resolvedAt;
  return {
    region: row.region,
    code: row.code,
    failure: inFieldOrder(row.failure),
    startedAt: clip(row.startedAt),
    lastSeenAt: clip(row.lastSeenAt),
    endedAt: endedAt === null ? null : clip(endedAt),
  };
};

/** What all regions together saw from when to when, by code. */
export const codesView = (
  rows: readonly SpanRow[],
  incident: Pick<IncidentRow, 'startedAt' | 'resolvedAt'>,
): CodeSpanView[] => {
  const spans = rows.map((row) => {
    const { region, failure, startedAt, lastSeenAt, endedAt } = spanView(row, incident);
    const end = endedAt === null ? null : Date.parse(endedAt);
    const seen = { startedAt: Date.parse(startedAt), lastSeenAt: Date.parse(lastSeenAt) };
    return { region, failure, ...seen, endedAt: end, endKnownAt: end };
  });
  return codesOf(spans).map(({ code, startedAt, endedAt, regions }) => ({
    ...{ code, regions: [...regions], startedAt: new Date(startedAt).toISOString() },
    endedAt: endedAt === null ? null : new Date(endedAt).toISOString(),
  }));
};

export const regionBoundsView = (bounds: StoredBounds | null) =>
  Object.entries(bounds?.regions ?? {}).map(([region, one]) => ({ region, ...boundsView(one) }));
