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

/** Stores a decision as a fact. What deliveries and comments tell already is not written a second time. */
export const decide = async (tx: Sql, incidentId: string, now: number, { code, key, detail = {} }: Decision) => {
  await tx.query(
    `INSERT INTO incident_decision (id, incident_id, at, code, key, detail)
     VALUES ($1, $2, to_timestamp($3::float8 / 1000), $4, $5, $6) ON CONFLICT (incident_id, key) DO NOTHING`,
    [newId(), incidentId, now, code, key, JSON.stringify(detail)],
  );
};
