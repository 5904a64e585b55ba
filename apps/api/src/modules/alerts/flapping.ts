import type { Sql } from '../../db.ts';
import type { FlappingDetail } from './detail.ts';
import { insertDeliveries, usableChannels } from './plan-store.ts';
import { planFor } from './recipients.ts';

/** A monitor changes too often, or has been calm long enough. Moments are epoch ms. */
export type FlappingNews = Readonly<{
  organisationId: string;
  monitorId: string;
  event: 'monitor.flapping' | 'monitor.calm';
  since: number;
  now: number;
}>;

const severity = 'down';

/**
 * One message as it begins and one as it ends, to whoever hears of trouble at all; nobody is called. What the single
 * incidents meanwhile would have said is left out. Answers the deliveries that are due at once.
 */
export const planFlapping = async (
  tx: Sql,
  { organisationId, monitorId, event, since, now }: FlappingNews,
): Promise<readonly string[]> => {
  const { rows } = await tx.query<FlappingDetail>(
    `SELECT m.name AS "monitorName", m.url, $2::float8 AS since FROM monitor m WHERE m.id = $1`,
    [monitorId, since],
  );
  const [detail] = rows;
  if (detail === undefined) return [];
  const channels = (await usableChannels(tx, organisationId)).filter(({ kind }) => kind !== 'voice');
  const key = `${event}:${monitorId}:${now}`;
  const planned = await insertDeliveries(
    tx,
    { organisationId, event, severity, incidentId: null, monitorId, detail, now },
    channels.map((channel) => planFor(channel, { key, severity, now })),
  );
  return planned.filter(({ dueAt }) => dueAt <= now).map(({ id }) => id);
};
