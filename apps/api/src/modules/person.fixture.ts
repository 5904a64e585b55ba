import { randomUUIDv7 } from 'node:crypto';
import type { Api } from './api.fixture.ts';

/** For tests: a person with an account who is a member of an organisation; `key` calls as a signed-in session of theirs. */
export const addPerson = async (
  { sql, credentials }: Pick<Api, 'sql' | 'credentials'>,
  organisation: Readonly<{ id: string }>,
  name: string,
) => {
  const id = randomUUIDv7();
  const email = `${id}@example.com`;
  await sql.query(
    'INSERT INTO account (id, name, email, email_verified, updated_at) VALUES ($1, $2, $3, true, now())',
    [id, name, email],
  );
  await sql.query(`INSERT INTO member (organisation_id, account_id, role) VALUES ($1, $2, 'member')`, [
    organisation.id,
    id,
  ]);
  const account = { id, name, email, emailVerified: true };
  credentials.set(id, { kind: 'session', account, organisation: { id: organisation.id, name: 'x', role: 'member' } });
  /** A browser says that it comes from our own page; without it a session may not write. */
  const headers = { 'sec-fetch-site': 'same-origin' } as const;
  return { id, name, email, key: `Bearer ${id}`, headers };
};
