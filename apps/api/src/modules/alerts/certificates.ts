import { certificateWarning } from '@farwatch/domain';
import type { Db, Sql } from '../../db.ts';
import type { CertificateDetail } from './detail.ts';
import type { IncidentAlertDeps } from './incident-alerts.ts';
import { insertDeliveries } from './plan-store.ts';
import { planFor, recipientsOf } from './recipients.ts';
import { at } from './store.ts';

export type CertificateDeps = IncidentAlertDeps &
  Readonly<{
    db: Pick<Db, 'transaction'>;
    send: (ids: readonly string[]) => Promise<void>;
    /** Hears of a monitor that could not be told of; the others go on. */
    onError: (error: unknown) => void;
  }>;

const dayMs = 86_400_000;
/** The first warning, and a day for the sweep. */
const horizonMs = 31 * dayMs;

type Ending = Readonly<{
  id: string;
  organisationId: string;
  name: string;
  url: string;
  ends: Date;
  told: readonly number[];
}>;

/** Monitors whose certificate ends soon, those looked at longest ago first; the rest of their thresholds is for domain. */
const endingSoon = async (tx: Sql, now: number, after: string | null): Promise<Ending | null> => {
  const { rows } = await tx.query<Ending>(
    `SELECT id, organisation_id AS "organisationId", name, url, certificate_ends AS ends, certificate_told AS told
     FROM monitor WHERE certificate_ends < ${at(1)} AND paused_at IS NULL AND ($2::uuid IS NULL OR id > $2)
     ORDER BY id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED`,
    [now + horizonMs, after],
  );
  return rows[0] ?? null;
};

const warn = async (deps: CertificateDeps, tx: Sql, monitor: Ending, now: number): Promise<readonly string[]> => {
  const endsAt = monitor.ends.getTime();
  const days = certificateWarning({ notAfter: endsAt, toldDays: monitor.told, now });
  if (days === null) return [];
  const { organisationId, id: monitorId } = monitor;
  const policy = await deps.escalations.policyFor(tx, { organisationId, monitorId });
  const targets = policy.steps[0]?.targets ?? [];
  const readers = async (wanted: typeof targets) =>
    (await recipientsOf(deps, tx, { organisationId, targets: wanted, now })).filter(({ kind }) => kind !== 'voice');
  const meant = await readers(targets);
  const channels = meant.length > 0 ? meant : await readers([{ kind: 'everyone' }]);
  const daysLeft = endsAt <= now ? -1 : Math.floor((endsAt - now) / dayMs);
  const detail: CertificateDetail = { monitorName: monitor.name, url: monitor.url, endsAt, daysLeft };
  const severity = 'certificate-expiring';
  const key = `certificate.expiring:${monitorId}:${endsAt}:${days}`;
  const news = {
    organisationId,
    event: 'certificate.expiring',
    severity,
    incidentId: null,
    monitorId,
    detail,
    now,
  } as const;
  const planned = await insertDeliveries(
    tx,
    news,
    channels.map((channel) => planFor(channel, { key, severity, now })),
  );
  await tx.query('UPDATE monitor SET certificate_told = array_append(certificate_told, $2) WHERE id = $1', [
    monitorId,
    days,
  ]);
  return planned.filter(({ dueAt }) => dueAt <= now).map(({ id }) => id);
};

/** Warns of certificates 30, 14, 7, 3 and 1 days before they end, and when they have; answers how many were looked at. */
export const warnOfCertificates =
  (deps: CertificateDeps) =>
  async (now: number): Promise<number> => {
    let count = 0;
    for (let after: string | null = null; ; count++) {
      const last: string | null = after;
      try {
        const due = await deps.db.transaction(async (tx) => {
          const monitor = await endingSoon(tx, now, last);
          after = monitor?.id ?? null;
          return monitor === null ? [] : warn(deps, tx, monitor, now);
        });
        await deps.send(due);
      } catch (error) {
        if (after === last) throw error; // not even read: the database is away
        deps.onError(error);
      }
      if (after === null) return count;
    }
  };
