import { Client } from 'pg';
import { v7 as newId } from 'uuid';
import { localDatabaseUrl } from '../local-database.ts';

type Put = <T>(act: (client: Client) => Promise<T>) => Promise<T>;

/** Writes straight into the product's own database: what no endpoint makes, or only hours of waiting would. */
export const putter =
  (dataDir: string): Put =>
  async (act) => {
    const client = new Client({ connectionString: await localDatabaseUrl(dataDir) });
    await client.connect();
    try {
      return await act(client);
    } finally {
      await client.end();
    }
  };

/** Colleagues of that name in the organisation; answers their ids. */
export const putColleagues = async (
  client: Client,
  organisationId: string,
  names: readonly string[],
): Promise<readonly string[]> => {
  const ids = names.map(() => newId());
  await client.query(
    `INSERT INTO account (id, name, email, email_verified, created_at, updated_at)
     SELECT id, name, id || '@lighthouse.example', true, now(), now() FROM unnest($1::uuid[], $2::text[]) AS made (id, name)`,
    [ids, names],
  );
  await client.query(
    `INSERT INTO member (organisation_id, account_id, role, created_at) SELECT $1, id, 'member', now() FROM unnest($2::uuid[]) AS made (id)`,
    [organisationId, ids],
  );
  return ids;
};

/**
 * The monitor has this status, and nobody looks at it any more who could change it. A look that is under way may still
 * come: those that are being judged are waited for (each holds the table), and of a settled monitor a good one changes
 * nothing.
 */
export const putStatus = async (client: Client, monitorId: string, status: string): Promise<void> => {
  await client.query('BEGIN');
  await client.query('LOCK TABLE monitor_state IN ACCESS EXCLUSIVE MODE');
  await client.query(
    `WITH unseen AS (UPDATE monitor SET regions = ARRAY['nowhere'] WHERE id = $1)
     UPDATE monitor_state SET status = $2::monitor_status, status_since = now() - interval '40 minutes',
       deadline_at = NULL, settled = true, judged_until = now() - interval '40 minutes'
     WHERE monitor_id = $1`,
    [monitorId, status],
  );
  await client.query('COMMIT');
};
