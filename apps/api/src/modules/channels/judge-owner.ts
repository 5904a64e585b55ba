import type { QuietHours } from '@farwatch/contracts';
import type { Sql } from '../../db.ts';
import { invalidField } from '../../plugins/problems.ts';
import { isMember } from './members.ts';

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

type Given = Readonly<{ accountId?: string | null; quietHours?: QuietHours | null }>;

/** Throws 400 for an owner who is no member, and for quiet hours in a zone that isn't one. */
export const judgeOwner = async (sql: Sql, organisationId: string, { accountId, quietHours }: Given): Promise<void> => {
  if (typeof accountId === 'string' && !(await isMember(sql, organisationId, accountId)))
    throw invalidField('/accountId', 'unknown-account', 'There is no such member.');
  if (quietHours && !isTimeZone(quietHours.timeZone))
    throw invalidField('/quietHours/timeZone', 'unknown-time-zone', `There is no time zone "${quietHours.timeZone}".`);
};
