import { v7 as newId } from 'uuid';
import type { Sql } from '../../db.ts';

/** Looks saw another certificate: when first, and until when the one before and this one are valid; epoch ms. */
type Replaced = Readonly<{ monitorId: string; at: number; before: number; ends: number }>;

/** Servers behind one name that show different ones in turn must not fill the chart. */
const mostADay = 4;

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Marks them for their monitors; of one monitor at most four within a day. */
export const insertCertificateMarks = async (tx: Sql, replaced: readonly Replaced[], now: number): Promise<void> => {
  await tx.query(
    `INSERT INTO mark (id, organisation_id, kind, text, at, author, created_at, scope, monitor_ids)
     SELECT k.id, m.organisation_id, 'certificate', k.text, to_timestamp(k.at / 1000), 'Farwatch',
       to_timestamp($5::float8 / 1000), 'monitors', ARRAY[m.id]
     FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::float8[]) AS k (id, monitor_id, text, at)
     JOIN monitor m ON m.id = k.monitor_id
     WHERE (SELECT count(*) FROM mark x WHERE x.organisation_id = m.organisation_id AND x.kind = 'certificate'
       AND x.at > to_timestamp(k.at / 1000) - interval '1 day' AND m.id = ANY(x.monitor_ids)) < $6
       -- Another URL has another certificate: that is no news of it.
       AND NOT EXISTS (SELECT 1 FROM monitor_change c WHERE c.monitor_id = m.id AND c.kind = 'changed'
         AND c.decided_at > to_timestamp(k.at / 1000) - interval '1 hour')`,
    [
      replaced.map(() => newId()),
      replaced.map(({ monitorId }) => monitorId),
      replaced.map(({ before, ends }) => `valid until ${dayOf(ends)}; the one before until ${dayOf(before)}`),
      replaced.map(({ at }) => at),
      now,
      mostADay,
    ],
  );
};
