import type { DecisionCode } from '@farwatch/contracts';
import { v7 as newId } from 'uuid';
import type { Sql } from '../../db.ts';

/** What was decided about telling of an incident, and because of what. Moments of `detail` are epoch ms. */
export type Decision = Readonly<{
  code: DecisionCode;
  /** The same decision taken again is one: the first stays. */
  key: string;
  detail?: Readonly<{
    until?: number;
    windowId?: string;
    /** Of the window, the monitor or whatever else it was, as it was called then. */
    name?: string;
    incidentId?: string;
    monitorId?: string;
    policyId?: string | null;
    because?: string;
    shared?: string;
  }>;
}>;

/** Stores decisions as facts. What deliveries and comments tell already is not written a second time. */
export const decide = async (tx: Sql, incidentId: string, now: number, ...decisions: readonly Decision[]) => {
  if (decisions.length === 0) return;
  await tx.query(
    `INSERT INTO incident_decision (id, incident_id, at, code, key, detail)
     SELECT d.id, $1, to_timestamp($2::float8 / 1000), d.code, d.key, d.detail::jsonb
     FROM unnest($3::uuid[], $4::text[], $5::text[], $6::text[]) AS d (id, code, key, detail)
     ON CONFLICT (incident_id, key) DO NOTHING`,
    [
      incidentId,
      now,
      decisions.map(() => newId()),
      decisions.map(({ code }) => code),
      decisions.map(({ key }) => key),
      decisions.map(({ detail = {} }) => JSON.stringify(detail)),
    ],
  );
};
