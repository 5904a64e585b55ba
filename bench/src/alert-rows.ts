import { addChannel, addOrganisation, type Organisation, webhookTarget } from '@farwatch/e2e/chaos/seed';
import type { Client } from 'pg';
import { v7 as newId } from 'uuid';

const names = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => `site${i}`);

/** An organisation with monitors, and a webhook channel for each path at the receiver. */
export const seedOrganisation = async (
  client: Client,
  url: string,
  { monitors, paths }: Readonly<{ monitors: number; paths: readonly string[] }>,
): Promise<Organisation & Readonly<{ channelIds: readonly string[] }>> => {
  const organisation = await addOrganisation(client, names(monitors));
  const channelIds: string[] = [];
  for (const path of paths)
    channelIds.push(await addChannel(client, organisation.id, () => webhookTarget(`${url}${path}`)));
  return { ...organisation, channelIds };
};

/** An open incident for each monitor, and what each channel has to be told of it: in one transaction, due at once. */
export const addPending = async (
  client: Client,
  { id, monitors, channelIds }: Awaited<ReturnType<typeof seedOrganisation>>,
): Promise<void> => {
  const incidents = monitors.map(({ monitorId }) => ({ incidentId: newId(), monitorId }));
  const deliveries = channelIds.flatMap((channelId) => incidents.map((one) => ({ ...one, channelId, id: newId() })));
  await client.query('BEGIN');
  await client.query(
    `INSERT INTO incident (id, organisation_id, monitor_id, started_at, opened_at, cause, regions)
     SELECT i.id, $1, i.monitor_id, now(), now(), '{"kind":"status","status":502}', ARRAY['chaos']
     FROM unnest($2::uuid[], $3::uuid[]) AS i (id, monitor_id)`,
    [id, incidents.map(({ incidentId }) => incidentId), incidents.map(({ monitorId }) => monitorId)],
  );
  await client.query(
    `INSERT INTO delivery (id, organisation_id, incident_id, monitor_id, event, severity, rank, created_at, channel_id,
       channel_name, kind, key, next_attempt_at)
     SELECT d.id, $1, d.incident_id, d.monitor_id, 'incident.opened', 'down', 0, now(), d.channel_id, 'my webhook',
       'webhook', 'incident.opened:' || d.incident_id, now()
     FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[]) AS d (id, incident_id, monitor_id, channel_id)`,
    [
      id,
      deliveries.map((one) => one.id),
      deliveries.map(({ incidentId }) => incidentId),
      deliveries.map(({ monitorId }) => monitorId),
      deliveries.map(({ channelId }) => channelId),
    ],
  );
  await client.query('COMMIT');
};
