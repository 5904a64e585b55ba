import type { Clock, QuietHours } from '@farwatch/contracts';
import type { Sql } from '../../db.ts';

/** What a person sets for themselves. Its JSON is the contract's, written here alone. */
export type OwnSettings = Readonly<{ timeZone: string | null; quietHours: QuietHours | null; clock: Clock }>;
/** What the owner sets for everybody. */
export type OrganisationSettings = Readonly<{
  name: string;
  timeZone: string;
  weeklyReport: boolean;
  /** Whole days (UTC) that the response log is kept. */
  logDays: number;
}>;

const must = <R>(row: R | undefined): R => {
  if (row === undefined) throw new Error('settingsStore: whoever is signed in is gone');
  return row;
};

export const settingsStore = () => ({
  own: async (sql: Sql, accountId: string) => {
    const { rows } = await sql.query<OwnSettings & { readonly twoFactor: boolean }>(
      `SELECT time_zone AS "timeZone", quiet_hours AS "quietHours", clock, two_factor_enabled AS "twoFactor"
       FROM account WHERE id = $1`,
      [accountId],
    );
    return must(rows[0]);
  },

  organisation: async (sql: Sql, id: string): Promise<OrganisationSettings> => {
    const { rows } = await sql.query<OrganisationSettings>(
      `SELECT name, time_zone AS "timeZone", weekly_report AS "weeklyReport", log_days AS "logDays"
       FROM organisation WHERE id = $1`,
      [id],
    );
    return must(rows[0]);
  },

  /** Only what is given; null takes it away. */
  updateOwn: async (
    sql: Sql,
    accountId: string,
    given: Partial<OwnSettings & { readonly name: string }>,
  ): Promise<void> => {
    const { timeZone, quietHours, clock, name } = given;
    await sql.query(
      `UPDATE account SET updated_at = now(),
         time_zone = CASE WHEN $2 THEN $3::text ELSE time_zone END,
         quiet_hours = CASE WHEN $4 THEN $5::jsonb ELSE quiet_hours END,
         clock = coalesce($6, clock), name = coalesce($7, name)
       WHERE id = $1`,
      [
        accountId,
        timeZone !== undefined,
        timeZone ?? null,
        quietHours !== undefined,
        quietHours === undefined || quietHours === null ? null : JSON.stringify(quietHours),
        clock ?? null,
        name ?? null,
      ],
    );
  },

  /** Only what is given. */
  updateOrganisation: async (sql: Sql, id: string, given: Partial<OrganisationSettings>): Promise<void> => {
    await sql.query(
      `UPDATE organisation SET name = coalesce($2, name), time_zone = coalesce($3, time_zone),
         weekly_report = coalesce($4, weekly_report), log_days = coalesce($5, log_days) WHERE id = $1`,
      [id, given.name ?? null, given.timeZone ?? null, given.weeklyReport ?? null, given.logDays ?? null],
    );
  },
});
export type SettingsStore = ReturnType<typeof settingsStore>;
