import type { Sql } from '../../db.ts';
import { touched } from '../../touched.ts';

/** Why a channel is stopped after STOP; START takes back what was stopped for this reason and for no other. */
export const stopReason = 'its owner answered STOP';

/** Why a mail channel is stopped after its reader said so. */
export const leaveReason = 'unsubscribed by its reader';

/** Whoever adds an address and whoever stops it wait for each other until their transactions end. */
export const lockAddress = async (tx: Sql, lookup: Buffer): Promise<void> => {
  await tx.query('SELECT pg_advisory_xact_lock($1::bigint)', [lookup.readBigInt64BE(0).toString()]);
};

export const isOptedOut = async (tx: Sql, lookup: Buffer): Promise<boolean> =>
  (await tx.query('SELECT 1 FROM opt_out WHERE lookup = $1', [lookup])).rows.length > 0;

/** Takes a refusal back. The caller holds its lock. */
export const forget = async (tx: Sql, lookup: Buffer): Promise<void> => {
  await tx.query('DELETE FROM opt_out WHERE lookup = $1', [lookup]);
};

/** This phone is never texted or called again, whoever adds it. Answers how many channels that ended. */
export const stopPhone = async (tx: Sql, lookup: Buffer): Promise<number> => {
  await lockAddress(tx, lookup);
  await tx.query('INSERT INTO opt_out (lookup) VALUES ($1) ON CONFLICT DO NOTHING', [lookup]);
  const { rowCount } = await tx.query(
    `UPDATE channel SET status = 'stopped', status_reason = $2, status_since = now(), ${touched}
     WHERE lookup = $1 AND kind IN ('sms', 'voice') AND status <> 'stopped'`,
    [lookup, stopReason],
  );
  return rowCount ?? 0;
};

/** Takes STOP back. Answers the channels that can be used again. */
export const startPhone = async (tx: Sql, lookup: Buffer): Promise<readonly string[]> => {
  await lockAddress(tx, lookup);
  await forget(tx, lookup);
  const { rows } = await tx.query<{ id: string }>(
    `UPDATE channel SET status = 'active', status_reason = NULL, status_since = now(), hold_until = NULL, failures = 0,
       ${touched}
     WHERE lookup = $1 AND kind IN ('sms', 'voice') AND status = 'stopped' AND status_reason = $2 RETURNING id`,
    [lookup, stopReason],
  );
  return rows.map(({ id }) => id);
};

type MailPlace = Readonly<{ organisationId: string; address: string; lookup: Buffer }>;

/** This organisation writes to the address no more, in whatever channel and however often it is added again. */
export const leaveMail = async (tx: Sql, { organisationId, address, lookup }: MailPlace): Promise<void> => {
  await lockAddress(tx, lookup);
  await tx.query('INSERT INTO opt_out (lookup) VALUES ($1) ON CONFLICT DO NOTHING', [lookup]);
  await tx.query(
    `UPDATE channel SET status = 'stopped', status_reason = $3, status_since = now(), ${touched}
     WHERE organisation_id = $1 AND kind = 'email' AND lower(target) = lower($2) AND status <> 'stopped'`,
    [organisationId, address, leaveReason],
  );
};

/** The reader has changed their mind. Answers the channels that can be used again: all that they had stopped. */
export const returnMail = async (
  tx: Sql,
  { organisationId, address, lookup }: MailPlace,
): Promise<readonly string[]> => {
  await lockAddress(tx, lookup);
  await forget(tx, lookup);
  const { rows } = await tx.query<{ id: string }>(
    `UPDATE channel SET status = 'active', status_reason = NULL, status_since = now(), ${touched}
     WHERE organisation_id = $1 AND kind = 'email' AND lower(target) = lower($2) AND status = 'stopped'
       AND status_reason = $3 RETURNING id`,
    [organisationId, address, leaveReason],
  );
  return rows.map(({ id }) => id);
};
