import type { ChannelView, CheckResultView, IncidentView, MonitorView } from '@farwatch/contracts';
import type { CheckResult } from '@farwatch/domain';
import { waitUntil } from '@farwatch/testkit';
import { type ApiClient, signUp } from '../api-client.ts';
import type { Call, Watched } from './history.ts';
import { regions } from './house.ts';
import type { Providers } from './providers.ts';

/** Where the webhook of the watched sites is heard. */
export const watchPath = '/watch';
/** Whose sites they are. */
export const owner = 'owner@sites.example';
const intervalMs = 10_000;
const timeoutMs = 3_000;

/** A look as the API tells it, in the domain's form. */
const resultOf = (view: CheckResultView): CheckResult => ({
  ...view,
  scheduledAt: Date.parse(view.scheduledAt),
  startedAt: Date.parse(view.startedAt),
});

export type Seen = Readonly<{ results: readonly CheckResult[]; incidents: readonly IncidentView[] }>;
/** Sites watched as their owner does it: through the public API alone. */
export type Watch = Readonly<{
  watched: readonly Watched[];
  /** All looks since a moment (epoch ms), and all incidents. */
  read: (since: number) => Promise<Seen>;
}>;

const readAll = async (api: ApiClient, watched: readonly Watched[], since: number): Promise<Seen> => {
  const from = new Date(since).toISOString();
  const results: CheckResult[] = [];
  for (const { monitor } of watched) {
    const rows = await api.rows<CheckResultView>(`/v1/monitors/${monitor.id}/results?from=${from}`);
    results.push(...rows.map(resultOf));
  }
  return { results, incidents: await api.rows<IncidentView>('/v1/incidents') };
};

/** Signs up, adds the sites and a webhook, and waits until each was looked at from everywhere. */
export const watchSites = async (
  url: string,
  urls: ReadonlyMap<string, string>,
  { lines }: Pick<Providers, 'lines'>,
): Promise<Watch> => {
  const api = await signUp(url, owner, 'a password of many words');
  const { items } = await api.call<{ items: ChannelView[] }>('GET', '/v1/channels');
  for (const { id } of items) await api.call('DELETE', `/v1/channels/${id}`);
  const target = { kind: 'webhook', url: `http://127.0.0.1:${lines.webhook.port}${watchPath}` };
  await api.call('POST', '/v1/channels', { name: 'My program', target });
  const watched: Watched[] = [];
  for (const [site, siteUrl] of urls) {
    const wanted = { url: siteUrl, name: site, intervalMs, timeoutMs, regions: [...regions] };
    watched.push({ site, monitor: await api.call<MonitorView>('POST', '/v1/monitors', wanted) });
  }
  const begunAt = Date.now() - 60_000;
  const everywhere = async (): Promise<boolean> => {
    const { results } = await readAll(api, watched, begunAt);
    const pairs = new Set(results.map(({ monitorId, region }) => `${monitorId} ${region}`));
    return pairs.size === watched.length * regions.length;
  };
  await waitUntil(everywhere, 60_000, 'a look from everywhere');
  return { watched, read: (since) => readAll(api, watched, since) };
};

const field = (value: unknown, name: string): unknown => Object(value)[name];

/** What the webhook of the watched sites took. */
export const callsOf = ({ sink }: Pick<Providers, 'sink'>): readonly Call[] =>
  sink.calls
    .filter(({ path }) => path === watchPath)
    .map(({ at, headers, body }) => {
      const event: unknown = JSON.parse(body);
      const incident = field(field(event, 'data'), 'incident');
      return {
        ...{ at, identity: String(headers['webhook-id']), type: String(field(event, 'type')) },
        incidentId: String(field(incident, 'id')),
      };
    });
