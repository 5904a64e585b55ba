import type { QuietHours } from '@farwatch/contracts';
import { isTimeZone } from '@farwatch/domain';
import type { Sql } from '../../db.ts';
import { invalidField } from '../../plugins/problems.ts';
import type { MemberStore } from '../accounts/member-store.ts';

type Given = Readonly<{ accountId?: string | null; quietHours?: QuietHours | null }>;

/** Throws 400 for an owner who is no member, and for quiet hours in a zone that isn't one. */
export const judgeOwner = async (
  members: MemberStore,
  sql: Sql,
  organisationId: string,
  { accountId, quietHours }: Given,
): Promise<void> => {
  if (typeof accountId === 'string' && (await members.names(sql, organisationId, [accountId])).size === 0)
    throw invalidField('/accountId', 'unknown-account', 'There is no such member.');
  if (quietHours && !isTimeZone(quietHours.timeZone))
    throw invalidField('/quietHours/timeZone', 'unknown-time-zone', `There is no time zone "${quietHours.timeZone}".`);
};
