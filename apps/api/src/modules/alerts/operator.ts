import type { Mailer } from '@farwatch/notifiers';
import type { Config } from '../../config.ts';
import type { Sql } from '../../db.ts';
import { at } from './store.ts';

export type OperatorDeps = Readonly<{
  db: Readonly<{ sql: Sql }>;
  mailer: Mailer;
  config: Pick<Config, 'operatorEmail' | 'publicUrl'>;
  log: Readonly<{ error: (fields: Readonly<Record<string, unknown>>, text: string) => void }>;
}>;

/** The same fault is told again after this. */
const quietMs = 3_600_000;
const sendMs = 20_000;

/** True when this fault was not told within the hour: of many workers that meet it, one tells it. */
const takeNotice = async (sql: Sql, key: string, now: number): Promise<boolean> => {
  const { rowCount } = await sql.query(
    `INSERT INTO operator_notice AS n (key, told_at) VALUES ($1, ${at(2)})
     ON CONFLICT (key) DO UPDATE SET told_at = excluded.told_at, count = n.count + 1
     WHERE n.told_at <= ${at(3)}`,
    [key, now, now - quietMs],
  );
  return rowCount === 1;
};

/**
 * Tells whoever runs this installation of a fault that only they can mend: in the log always, by mail where
 * FARWATCH_OPERATOR_EMAIL is set. At most once an hour for each `key`. Never throws: it is told beside the work.
 */
export const operatorTeller =
  ({ db, mailer, config, log }: OperatorDeps) =>
  async ({ key, text, now }: Readonly<{ key: string; text: string; now: number }>): Promise<void> => {
    try {
      if (!(await takeNotice(db.sql, key, now))) return;
      log.error({ key }, `for the operator: ${text}`);
      if (config.operatorEmail === undefined) return;
      const mail = {
        to: config.operatorEmail,
        subject: `Farwatch needs its operator: ${text}`,
        text: `${text}\n\nThis installation: ${config.publicUrl}\nIt is told again every hour while it lasts.\n`,
      };
      const outcome = await mailer.send(mail, AbortSignal.timeout(sendMs));
      if (outcome.kind !== 'delivered')
        log.error({ key, outcome: outcome.kind }, 'the operator could not be told by mail');
    } catch (err) {
      log.error({ err, key }, 'the operator could not be told');
    }
  };
export type TellOperator = ReturnType<typeof operatorTeller>;
