import type { Sql } from '../../db.ts';

// Looks are told live only to organisations that somebody watches right now. Who watches is written in shared advisory
// locks of the API processes' LISTEN connections: the worker reads them, and they go with a connection that breaks.

const lockClass = 7_203_772;

/** FNV-1a, 32 bit, signed as PostgreSQL's int4. Two organisations with one key are both told, which harms nobody. */
export const interestKey = (organisationId: string): number => {
  let h = 0x811c9dc5;
  for (let i = 0; i < organisationId.length; i++) h = Math.imul(h ^ organisationId.charCodeAt(i), 0x01000193);
  return h | 0;
};

/** Keeps one connection's locks in step with who watches; `held` belongs to that connection and starts empty with it. */
export const showInterest = async (sql: Sql, held: Set<number>, organisationIds: Iterable<string>): Promise<void> => {
  const wanted = new Set([...organisationIds].map(interestKey));
  for (const key of wanted) {
    if (held.has(key)) continue;
    await sql.query('SELECT pg_advisory_lock_shared($1, $2)', [lockClass, key]);
    held.add(key);
  }
  for (const key of held) {
    if (wanted.has(key)) continue;
    await sql.query('SELECT pg_advisory_unlock_shared($1, $2)', [lockClass, key]);
    held.delete(key);
  }
};

/** The keys of the organisations that are watched right now, from any API process. */
export const readInterest = async (sql: Sql): Promise<ReadonlySet<number>> => {
  const { rows } = await sql.query<{ key: string }>(
    `SELECT DISTINCT objid::text AS key FROM pg_locks
     WHERE locktype = 'advisory' AND classid = $1::int8::oid AND objsubid = 2 AND granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [lockClass],
  );
  return new Set(rows.map(({ key }) => Number(key) | 0)); // an oid is unsigned, the key was not
};
