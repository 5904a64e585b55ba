import { randomUUIDv7 } from 'node:crypto';
import type { Sql } from '../../db.ts';
import type { Keyring } from '../../keyring.ts';
import { sealTarget } from '../channels/stored-target.ts';

export type Membership = Readonly<{ id: string; name: string; role: 'owner' | 'member' }>;
type Person = Readonly<{ id: string; email: string; name: string }>;

const membershipOf = async (sql: Sql, accountId: string): Promise<Membership | null> => {
  const { rows } = await sql.query<Membership>(
    `SELECT o.id, o.name, m.role FROM member m JOIN organisation o ON o.id = m.organisation_id
     WHERE m.account_id = $1 ORDER BY m.created_at, o.id LIMIT 1`,
    [accountId],
  );
  return rows[0] ?? null;
};

/** Mail providers where a domain says nothing about who somebody works for. */
const sharedDomains = /^(?:gmail|googlemail|outlook|hotmail|live|yahoo|icloud|me|proton|protonmail|gmx|web|aol)\./u;

/** What stands before a country's ending in place of a name: `example.co.uk`. */
const endings = new Set(['ac', 'co', 'com', 'edu', 'gob', 'gov', 'gv', 'ltd', 'ne', 'net', 'nom', 'or', 'org']);
const nameIn = (domain: string): string | undefined => {
  const labels = domain.split('.');
  const second = labels.at(-2) ?? '';
  return labels.length > 2 && labels.at(-1)?.length === 2 && endings.has(second) ? labels.at(-3) : second;
};

/** `Example` for ann@example.com; `Ann` for ann@gmail.com or where the domain has no dot. */
export const organisationNameFor = ({ email, name }: Pick<Person, 'email' | 'name'>): string => {
  const domain = email.split('@').at(-1) ?? '';
  const own = domain.includes('.') && !sharedDomains.test(domain) ? nameIn(domain) : undefined;
  const text = own ?? (name.trim() === '' ? (email.split('@')[0] ?? email) : name.trim());
  return (text.charAt(0).toUpperCase() + text.slice(1)).slice(0, 100);
};

/** Everything a new account starts with: its organisation, ownership of it, and a channel to its own address. */
const found = async (tx: Sql, keyring: Keyring, person: Person): Promise<Membership> => {
  const organisation = { id: randomUUIDv7(), name: organisationNameFor(person), role: 'owner' } as const;
  await tx.query(`INSERT INTO organisation (id, name) VALUES ($1, $2)`, [organisation.id, organisation.name]);
  await tx.query(`INSERT INTO member (organisation_id, account_id, role) VALUES ($1, $2, 'owner')`, [
    organisation.id,
    person.id,
  ]);
  const channelId = randomUUIDv7();
  const place = { table: 'channel', organisationId: organisation.id, rowId: channelId } as const;
  const sealed = sealTarget(keyring, place, { kind: 'email', address: person.email });
  await tx.query(
    `INSERT INTO channel (id, organisation_id, account_id, name, kind, target, sealed, updated_at)
     VALUES ($1, $2, $3, $4, 'email', $4, $5, now())`,
    [channelId, organisation.id, person.id, person.email, sealed],
  );
  return organisation;
};

export const organisationStore = (keyring: Keyring) => ({
  membershipOf,

  /**
   * The account's organisation, made now if there is none: right after sign-up, or on the next request if that was cut
   * off. The account's row is locked, so that two requests at once make one. Null: the account is gone.
   */
  ensure: async (tx: Sql, accountId: string): Promise<Membership | null> => {
    const { rows } = await tx.query<Person>(`SELECT id, email, name FROM account WHERE id = $1 FOR UPDATE`, [
      accountId,
    ]);
    const person = rows[0];
    if (person === undefined) return null;
    return (await membershipOf(tx, accountId)) ?? (await found(tx, keyring, person));
  },

  /**
   * For an account whose password was just reset by mail. If its address was never verified, anybody may have signed up
   * with it and left a way back in: API keys, and channels that tell of incidents. Sessions ended with the reset; this
   * removes the keys, every channel but the mail to the address itself, and whatever else logs in: passkeys, a second step, and
   * browsers that may leave it out. The mail's link has shown whose address it
   * is, so it counts as verified, and what its owner makes from now on stays. Does nothing to a verified account.
   */
  takeBack: async (tx: Sql, accountId: string): Promise<void> => {
    const { rows } = await tx.query<Pick<Person, 'email'>>(
      `UPDATE account SET email_verified = true, updated_at = now() WHERE id = $1 AND NOT email_verified RETURNING email`,
      [accountId],
    );
    const person = rows[0];
    if (person === undefined) return;
    const owned = `organisation_id IN (SELECT organisation_id FROM member WHERE account_id = $1 AND role = 'owner')`;
    await tx.query('DELETE FROM passkey WHERE user_id = $1', [accountId]);
    await tx.query('DELETE FROM two_factor WHERE user_id = $1', [accountId]);
    await tx.query('UPDATE account SET two_factor_enabled = false WHERE id = $1', [accountId]);
    await tx.query(`DELETE FROM verification WHERE value = $1::text AND identifier LIKE 'trust-device-%'`, [accountId]);
    await tx.query(`DELETE FROM api_key WHERE ${owned}`, [accountId]);
    await tx.query(`DELETE FROM channel WHERE ${owned} AND NOT (kind = 'email' AND target = $2)`, [
      accountId,
      person.email,
    ]);
  },
});
export type OrganisationStore = ReturnType<typeof organisationStore>;
