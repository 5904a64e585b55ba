import type { Db, Sql } from '../../db.ts';
import { type Keyring, SealError } from '../../keyring.ts';
import { settingsOf, shownOf } from './describe-target.ts';
import { openTarget, type StoredTarget, sealTarget } from './stored-target.ts';
import type { ChannelRow } from './view.ts';

type OldRow = Readonly<{ id: string; organisationId: string; kind: string; target: string; secret: string | null }>;

/** A channel of before there was encryption: there were mail and webhooks, and they lay in the row as they were typed. */
const bareTarget = ({ kind, target, secret }: Pick<OldRow, 'kind' | 'target' | 'secret'>): StoredTarget | null => {
  switch (kind) {
    case 'email':
      return { kind: 'email', address: target };
    case 'webhook': {
      const secrets = secret === null ? [] : [{ secret, until: null }];
      return { kind: 'webhook', url: target, secrets, headers: {}, template: null };
    }
    default:
      return null;
  }
};

/** Where a channel goes. Null when no key of ours opens it: a new target can still be saved over it. */
export const storedTargetOf = (
  keyring: Keyring,
  row: Pick<ChannelRow, 'id' | 'organisationId' | 'kind' | 'target' | 'secret' | 'sealed'>,
): StoredTarget | null => {
  if (row.sealed === null) return bareTarget(row);
  try {
    return openTarget(keyring, { table: 'channel', organisationId: row.organisationId, rowId: row.id }, row.sealed);
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
};

const lockOld = async (tx: Sql, limit: number): Promise<readonly OldRow[]> => {
  const { rows } = await tx.query<OldRow>(
    `SELECT id, organisation_id AS "organisationId", kind, target, secret FROM channel
     WHERE sealed IS NULL AND kind IN ('email', 'webhook') ORDER BY id LIMIT $1 FOR NO KEY UPDATE`,
    [limit],
  );
  return rows;
};

/** `updated_at` stays: what its owner sees of the channel is the same, and so is the version that If-Match asks for. */
const save = async (
  tx: Sql,
  rows: readonly Readonly<{ id: string; organisationId: string; target: StoredTarget }>[],
  keyring: Keyring,
) => {
  await tx.query(
    `UPDATE channel SET sealed = fresh.sealed, target = fresh.target, settings = fresh.settings, secret = NULL
     FROM unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[]) AS fresh(id, sealed, target, settings)
     WHERE channel.id = fresh.id`,
    [
      rows.map(({ id }) => id),
      rows.map(({ id: rowId, organisationId, target }) =>
        sealTarget(keyring, { table: 'channel', organisationId, rowId }, target),
      ),
      rows.map(({ target }) => shownOf(target)),
      rows.map(({ target }) => JSON.stringify(settingsOf(target))),
    ],
  );
};

type SealDeps = Readonly<{ db: Pick<Db, 'transaction'>; keyring: Keyring; batchSize?: number }>;

/**
 * Seals every channel that still lies open in its row, and answers how many there were. Each batch is a transaction of
 * its own; several processes may do it at once: whoever waited for a row finds it done.
 */
export const sealOldChannels = async ({ db, keyring, batchSize = 200 }: SealDeps): Promise<number> => {
  const batch = () =>
    db.transaction(async (tx) => {
      const old = (await lockOld(tx, batchSize)).flatMap((row) => {
        const target = bareTarget(row);
        return target === null ? [] : [{ id: row.id, organisationId: row.organisationId, target }];
      });
      if (old.length > 0) await save(tx, old, keyring);
      return old.length;
    });
  let count = 0;
  for (let done = await batch(); done > 0; done = await batch()) count += done;
  return count;
};
