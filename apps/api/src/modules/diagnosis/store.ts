import type { CauseWord, DiagnosisFeedback, HopWord } from '@farwatch/contracts';
import type { Diagnosis } from '@farwatch/diagnosis';
import type { Sql } from '../../db.ts';
import { storableJson } from '../../storable-json.ts';
import type { Why } from './due.ts';

/** A version without its answer. */
export type VersionRow = Readonly<{
  version: number;
  madeAt: Date;
  why: Why;
  cause: CauseWord;
  confidence: number;
}>;
export type FullVersion = VersionRow & Readonly<{ diagnosis: Diagnosis }>;

/** The first is kept for good, it is what people were told; of the others the newest. */
const keptVersions = 50;

const short = `version, made_at AS "madeAt", why, cause, confidence`;
const full = `${short}, diagnosis`;

export type FeedbackRow = Readonly<{
  version: number;
  accountId: string | null;
  author: string;
  verdict: DiagnosisFeedback['verdict'];
  cause: CauseWord | null;
  hop: HopWord | null;
  note: string | null;
  at: Date;
}>;
const feedbackColumns = `version, account_id AS "accountId", author, verdict, cause, hop, note, at`;

/** The versions of incidents' diagnoses, and what was said of them. Whose incident it is was decided before. */
export const diagnosisStore = () => ({
  /** Null: there is none yet, or no such version. */
  find: async (sql: Sql, incidentId: string, version: number | null): Promise<FullVersion | null> => {
    const { rows } = await sql.query<FullVersion>(
      `SELECT ${full} FROM diagnosis WHERE incident_id = $1 AND ($2::int4 IS NULL OR version = $2::int4)
       ORDER BY version DESC LIMIT 1`,
      [incidentId, version],
    );
    return rows[0] ?? null;
  },

  /** What was known at a moment: the newest of then, or else the first. */
  knownAt: async (sql: Sql, incidentId: string, at: Date): Promise<FullVersion | null> => {
    const { rows } = await sql.query<FullVersion>(
      `SELECT ${full} FROM diagnosis WHERE incident_id = $1
       ORDER BY made_at <= $2 DESC, CASE WHEN made_at <= $2 THEN -version ELSE version END LIMIT 1`,
      [incidentId, at],
    );
    return rows[0] ?? null;
  },

  /** Newest first. */
  list: async (sql: Sql, incidentId: string): Promise<readonly VersionRow[]> => {
    const { rows } = await sql.query<VersionRow>(
      `SELECT ${short} FROM diagnosis WHERE incident_id = $1 ORDER BY version DESC`,
      [incidentId],
    );
    return rows;
  },

  insert: async (tx: Sql, incidentId: string, made: FullVersion): Promise<void> => {
    const { version, madeAt, why, diagnosis, cause, confidence } = made;
    await tx.query(
      `INSERT INTO diagnosis (incident_id, version, made_at, why, diagnosis, cause, confidence)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [incidentId, version, madeAt, why, storableJson(diagnosis), cause, confidence],
    );
    await tx.query('DELETE FROM diagnosis WHERE incident_id = $1 AND version > 1 AND version <= $2', [
      incidentId,
      version - keptVersions + 1,
    ]);
  },

  /** Newest first. */
  feedback: async (sql: Sql, incidentId: string): Promise<readonly FeedbackRow[]> => {
    const { rows } = await sql.query<FeedbackRow>(
      `SELECT ${feedbackColumns} FROM diagnosis_feedback WHERE incident_id = $1 ORDER BY at DESC, version DESC LIMIT 500`,
      [incidentId],
    );
    return rows;
  },

  /** The last word of each judge about a version counts. */
  setFeedback: async (tx: Sql, incidentId: string, judge: string, said: FeedbackRow): Promise<void> => {
    await tx.query(
      `INSERT INTO diagnosis_feedback (incident_id, version, judge, account_id, author, verdict, cause, hop, note, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT (incident_id, version, judge) DO UPDATE SET author = excluded.author, verdict = excluded.verdict,
         cause = excluded.cause, hop = excluded.hop, note = excluded.note, at = excluded.at`,
      [
        ...[incidentId, said.version, judge, said.accountId, said.author, said.verdict],
        ...[said.cause, said.hop, said.note, said.at],
      ],
    );
  },
});
export type DiagnosisStore = ReturnType<typeof diagnosisStore>;
