import type { Db, Sql } from './db.ts';
import { type Keyring, SealError, sealPrefix } from './keyring.ts';

/** Where secrets lie. Each is sealed for its own row of `sealedFor`, also when that row was deleted and is kept. */
export const sealedPlaces = [
  { table: 'channel', sealedFor: 'channel', read: 'sealed', write: 'sealed = fresh.sealed' },
  { table: 'monitor', sealedFor: 'monitor', read: 'auth_sealed', write: 'auth_sealed = fresh.sealed' },
  {
    table: 'deleted_row',
    sealedFor: 'channel',
    read: `CASE table_name WHEN 'channel' THEN "row" ->> 'sealed' END`,
    write: `"row" = jsonb_set("row", '{sealed}', to_jsonb(fresh.sealed))`,
  },
] as const;
export type SealedPlace = (typeof sealedPlaces)[number];

type SealedRow = Readonly<{ id: string; organisation_id: string; sealed: string }>;
/** A row that can't be opened: named by its id alone. */
export type Unopened = Readonly<{ id: string; reason: string }>;
export type Resealed = Readonly<{ count: number; unopened: readonly Unopened[] }>;
type Reseal = Readonly<{ db: Pick<Db, 'transaction'>; keyring: Keyring; batchSize?: number }>;

const firstId = '00000000-0000-0000-0000-000000000000';

/**
 * NO KEY: a delivery that is written meanwhile refers to the row and need not wait for us. A row that the API has just
 * sealed anew is judged again by PostgreSQL once we have its lock.
 */
const lockStale = async (
  tx: Sql,
  { table, read }: SealedPlace,
  { prefix, after, limit }: Readonly<{ prefix: string; after: string; limit: number }>,
): Promise<readonly SealedRow[]> => {
  const { rows } = await tx.query<SealedRow>(
    `SELECT id, organisation_id, ${read} AS sealed FROM ${table}
     WHERE id > $1 AND ${read} IS NOT NULL AND NOT starts_with(${read}, $2)
     ORDER BY id LIMIT $3 FOR NO KEY UPDATE`,
    [after, prefix, limit],
  );
  return rows;
};

/** `updated_at` stays: what its owner sees of the row is the same, and so is the version that If-Match asks for. */
const save = async (
  tx: Sql,
  { table, write }: SealedPlace,
  rows: readonly Pick<SealedRow, 'id' | 'sealed'>[],
): Promise<void> => {
  await tx.query(
    `UPDATE ${table} SET ${write}
     FROM unnest($1::uuid[], $2::text[]) AS fresh(id, sealed) WHERE ${table}.id = fresh.id`,
    [rows.map(({ id }) => id), rows.map(({ sealed }) => sealed)],
  );
};

const resealRow = (keyring: Keyring, { sealedFor: table }: SealedPlace, { id, organisation_id, sealed }: SealedRow) => {
  const context = { table, organisationId: organisation_id, rowId: id };
  try {
    return { kind: 'fresh', id, sealed: keyring.seal(keyring.open(sealed, context), context) } as const;
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    return { kind: 'unopened', id, reason: error.message } as const;
  }
};

/**
 * Seals every secret of a place anew that isn't under the current key. Each batch is a transaction of its own: what
 * was stopped on the way goes on where it was when it is run again.
 */
export const reseal = async ({ db, keyring, batchSize = 200 }: Reseal, place: SealedPlace): Promise<Resealed> => {
  const prefix = sealPrefix(keyring.currentId);
  const batch = (after: string) =>
    db.transaction(async (tx) => {
      const done = (await lockStale(tx, place, { prefix, after, limit: batchSize })).map((row) =>
        resealRow(keyring, place, row),
      );
      const fresh = done.filter((row) => row.kind === 'fresh');
      if (fresh.length > 0) await save(tx, place, fresh);
      return done;
    });
  let count = 0;
  const unopened: Unopened[] = [];
  for (let after: string | undefined = firstId; after !== undefined; ) {
    const done: Awaited<ReturnType<typeof batch>> = await batch(after);
    count += done.filter(({ kind }) => kind === 'fresh').length;
    unopened.push(...done.filter((row) => row.kind === 'unopened'));
    after = done.at(-1)?.id;
  }
  return { count, unopened };
};
