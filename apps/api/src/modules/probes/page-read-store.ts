import { PageAnswer } from '@farwatch/contracts';
import { Compile } from 'typebox/compile';
import type { Sql } from '../../db.ts';

const wire = Compile(PageAnswer);

export const pageReadStore = () => ({
  /** Writes down that a read is asked for; false: one of the organisation's, asked for after `since`, is still awaited. */
  begin: async (tx: Sql, read: Readonly<{ id: string; organisationId: string; since: Date }>): Promise<boolean> => {
    await tx.query(`SELECT FROM organisation WHERE id = $1 FOR NO KEY UPDATE`, [read.organisationId]);
    const { rowCount } = await tx.query(
      `INSERT INTO page_read (id, organisation_id, asked_at) SELECT $1, $2, now()
       WHERE NOT EXISTS (SELECT FROM page_read WHERE organisation_id = $2 AND answer IS NULL AND asked_at > $3)`,
      [read.id, read.organisationId, read.since],
    );
    return rowCount === 1;
  },

  /** Keeps the first answer; for a read that is gone there is nothing to keep. */
  answered: async (sql: Sql, id: string, answer: PageAnswer): Promise<void> => {
    // jsonb knows no NUL, which text from outside may hold.
    const text = JSON.stringify(answer).replaceAll('\\u0000', '');
    await sql.query('UPDATE page_read SET answer = $2::jsonb WHERE id = $1 AND answer IS NULL', [id, text]);
  },

  /** Null while there is none. */
  answerOf: async (sql: Sql, id: string): Promise<PageAnswer | null> => {
    const { rows } = await sql.query<{ answer: unknown }>('SELECT answer FROM page_read WHERE id = $1', [id]);
    const answer = rows[0]?.answer;
    return wire.Check(answer) ? answer : null;
  },

  /** Nobody waits for it any more. */
  forget: async (sql: Sql, id: string): Promise<void> => {
    await sql.query('DELETE FROM page_read WHERE id = $1', [id]);
  },
});
export type PageReadStore = ReturnType<typeof pageReadStore>;
