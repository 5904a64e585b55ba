import type { Db, Sql } from '../../db.ts';
import { type Keyring, SealError, sealPrefix } from '../../keyring.ts';

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
const lockStale = async (tx: Sql, prefix: string, after: string, limit: number): Promise<readonly SealedRow[]> => {
  const { rows } = await tx.query<SealedRow>(
    `SELECT id, organisation_id, sealed FROM channel
     WHERE id > $1 AND sealed IS NOT NULL AND NOT starts_with(sealed, $2)
     ORDER BY id LIMIT $3 FOR NO KEY UPDATE`,
    [after, prefix, limit],
  );
  return rows;
};

/** `updated_at` stays: what its owner sees of the channel is the same, and so is the version that If-Match asks for. */
const save = async (tx: Sql, rows: readonly Pick<SealedRow, 'id' | 'sealed'>[]): Promise<void> => {
  await tx.query(
    `UPDATE channel SET sealed = fresh.sealed
     FROM unnest($1::uuid[], $2::text[]) AS fresh(id, sealed) WHERE channel.id = fresh.id`,
    [rows.map(({ id }) => id), rows.map(({ sealed }) => sealed)],
  );
};

const resealRow = (keyring: Keyring, { id, organisation_id, sealed }: SealedRow) => {
  const context = { table: 'channel', organisationId: organisation_id, rowId: id };
  try {
    return { kind: 'fresh', id, sealed: keyring.seal(keyring.open(sealed, context), context) } as const;
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    return { kind: 'unopened', id, reason: error.message } as const;
  }
};

/**
 * Seals every channel's secrets anew that aren't under the current key. Each batch is a transaction of its own: what
 * was stopped on the way goes on where it was when it is run again.
 */
export const resealChannels = async ({ db, keyring, batchSize = 200 }: Reseal): Promise<Resealed> => {
  const prefix = sealPrefix(keyring.currentId);
  const batch = (after: string) =>
    db.transaction(async (tx) => {
      const done = (await lockStale(tx, prefix, after, batchSize)).map((row) => resealRow(keyring, row));
      const fresh = done.filter((row) => row.kind === 'fresh');
      if (fresh.length > 0) await save(tx, fresh);
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
