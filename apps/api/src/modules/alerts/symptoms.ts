import { type Failure, type SharedCause, type Symptoms, sharedCause } from '@farwatch/domain';
import { getDomain } from 'tldts';
import type { Sql } from '../../db.ts';
import { votesOf } from '../results/record-store.ts';

/** Addresses that were dialled so long ago say where a monitor is. */
const latelyMs = 5 * 60_000;
/** Whoever is compared with: more that are down within two minutes are a storm, and each has been compared already. */
const mostCompared = 60;

type Row = Readonly<{
  incidentId: string;
  monitorId: string;
  partOf: string | null;
  startedAt: Date;
  openedAt: Date;
  cause: Failure;
  url: string;
  certificateEnds: Date | null;
}>;
const columns = `i.id AS "incidentId", i.monitor_id AS "monitorId", i.started_at AS "startedAt", i.opened_at AS "openedAt",
  i.cause, m.url, m.certificate_ends AS "certificateEnds",
  (SELECT a.parent_incident_id FROM incident_attachment a WHERE a.incident_id = i.id AND a.ended_at IS NULL) AS "partOf"`;

const addressesOf = async (
  tx: Sql,
  rows: readonly Row[],
  now: number,
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const looks = await votesOf(
    tx,
    rows.map(({ monitorId }) => ({ monitorId, from: now - latelyMs })),
  );
  return new Map(
    [...looks].map(([monitorId, own]) => [
      monitorId,
      [...new Set(own.flatMap(({ remoteAddress }) => remoteAddress ?? []))].sort(),
    ]),
  );
};

const symptomsOf = (row: Row, addresses: readonly string[]): Symptoms => {
  const url = URL.parse(row.url);
  const host = (url?.hostname ?? row.incidentId).toLowerCase();
  return {
    incidentId: row.incidentId,
    partOf: row.partOf,
    startedAt: row.startedAt.getTime(),
    openedAt: row.openedAt.getTime(),
    cause: row.cause,
    host,
    port: url?.port ?? '',
    domain: getDomain(host, { allowPrivateDomains: true }),
    addresses,
    certificateEndsAt: row.certificateEnds?.getTime() ?? null,
  };
};

/**
 * What an incident has in common with the others of its organisation that are open and began about then; those of the
 * monitors in `without` are left out. `openedAt`: when the one opened that it is part of.
 */
export const findCause = async (
  tx: Sql,
  {
    incidentId,
    without,
    now,
    withinMs,
  }: Readonly<{ incidentId: string; without: readonly string[]; now: number; withinMs: number }>,
): Promise<Readonly<{ cause: SharedCause; openedAt: number }> | null> => {
  const { rows } = await tx.query<Row>(
    `SELECT ${columns} FROM incident x JOIN incident i ON i.organisation_id = x.organisation_id
       AND (i.resolved_at IS NULL OR i.id = x.id) AND i.started_at BETWEEN x.started_at - $3 * interval '1 millisecond'
         AND x.started_at + $3 * interval '1 millisecond'
     JOIN monitor m ON m.id = i.monitor_id
     WHERE x.id = $1 AND (i.id = x.id OR NOT i.monitor_id = ANY($2::uuid[]))
     ORDER BY i.id = x.id DESC, i.opened_at, i.id LIMIT ${mostCompared + 1}`,
    [incidentId, without, withinMs],
  );
  const [first, ...others] = rows;
  if (first === undefined || others.length === 0) return null;
  const compare = (addresses: ReadonlyMap<string, readonly string[]>): SharedCause | null => {
    const seen = (row: Row): Symptoms => symptomsOf(row, addresses.get(row.monitorId) ?? []);
    return sharedCause(seen(first), others.map(seen));
  };
  // A host in common is the closest tie: then nobody asks the log for addresses.
  const near = compare(new Map());
  const cause = near?.because === 'host' ? near : compare(await addressesOf(tx, rows, now));
  const root = others.find((row) => row.incidentId === cause?.incidentId);
  return cause === null ? null : { cause, openedAt: root?.openedAt.getTime() ?? now };
};
