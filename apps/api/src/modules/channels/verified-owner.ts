import type { ChannelKind } from '@farwatch/contracts';
import type { Sql } from '../../db.ts';
import { problem } from '../../plugins/problems.ts';

/** Whether an owner of the organisation has shown that their mail address is theirs. */
export const hasVerifiedOwner = async (sql: Sql, organisationId: string): Promise<boolean> => {
  const { rows } = await sql.query(
    `SELECT 1 FROM member m JOIN account a ON a.id = m.account_id
     WHERE m.organisation_id = $1 AND m.role = 'owner' AND a.email_verified LIMIT 1`,
    [organisationId],
  );
  return rows.length > 0;
};

/**
 * Texts and calls cost the operator money and reach phones that nobody has asked: an account that was made up a minute
 * ago has none of them. Throws 409; part of the transaction that needs the answer.
 */
export const requireVerifiedOwner = async (tx: Sql, organisationId: string, kind: ChannelKind): Promise<void> => {
  if (kind !== 'sms' && kind !== 'voice') return;
  if (await hasVerifiedOwner(tx, organisationId)) return;
  throw problem(
    409,
    'account-unverified',
    'Text messages and calls need an account with a verified address. Verify the owner’s mail address first.',
  );
};
