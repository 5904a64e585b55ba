import { setTimeout as pause } from 'node:timers/promises';
import type { CheckResultView, IncidentView } from '@farwatch/contracts';
import type { ApiClient } from '@farwatch/e2e/api-client';
import type { Sites } from './sites.ts';

/** What really was, by the site's own clock (epoch ms). */
export type Outage = Readonly<{ monitorId: string; downAt: number; upAt: number }>;
/** Between these the start, and the clear, must lie. */
export type Bounds = Readonly<{ lastGoodAt: number; firstBadAt: number; lastBadAt: number; firstGoodAt: number }>;
/** What was made of it: `incident` null = nobody noticed. */
export type Found = Outage & Readonly<{ incident: IncidentView | null; bounds: Bounds | null }>;

const between = (least: number, most: number): number => least + Math.random() * (most - least);

/** Turns one site off and on again a few times, at random moments. */
export const suffer = async (
  sites: Sites,
  { monitorId, path }: Readonly<{ monitorId: string; path: string }>,
  times: number,
): Promise<readonly Outage[]> => {
  const outages: Outage[] = [];
  for (let n = 0; n < times; n++) {
    await pause(between(n === 0 ? 1_000 : 45_000, 75_000));
    const downAt = await sites.turn(path, true);
    await pause(between(20_000, 60_000));
    outages.push({ monitorId, downAt, upAt: await sites.turn(path, false) });
  }
  return outages;
};

type Told = Readonly<{ [K in keyof Bounds]: string | null }>;
/** What the incident says of itself, where it does. */
const boundsTold = (incident: IncidentView & { bounds?: Told }): Bounds | null => {
  const { bounds } = incident;
  if (bounds === undefined) return null;
  const at = (text: string | null): number => (text === null ? Number.NaN : Date.parse(text));
  const { lastGoodAt, firstBadAt, lastBadAt, firstGoodAt } = bounds;
  return {
    ...{ lastGoodAt: at(lastGoodAt), firstBadAt: at(firstBadAt) },
    ...{ lastBadAt: at(lastBadAt), firstGoodAt: at(firstGoodAt) },
  };
};

/** The same from the response log: a look saw what it saw at some moment from its start to its end. */
const boundsLogged = (log: readonly CheckResultView[], { downAt, upAt }: Outage): Bounds => {
  const looks = log.map(({ startedAt, totalMs, outcome }) => ({
    ...{ from: Date.parse(startedAt), until: Date.parse(startedAt) + Math.ceil(totalMs), verdict: outcome.verdict },
  }));
  const bad = looks.filter(({ verdict, from }) => verdict === 'down' && from > downAt - 60_000 && from < upAt + 60_000);
  const good = looks.filter(({ verdict }) => verdict === 'up');
  const firstBadAt = Math.min(...bad.map(({ until }) => until));
  const lastBadAt = Math.max(...bad.map(({ from }) => from));
  return {
    ...{ firstBadAt, lastBadAt },
    lastGoodAt: Math.max(...good.map(({ from }) => from).filter((from) => from < firstBadAt)),
    firstGoodAt: Math.min(...good.filter(({ from }) => from > lastBadAt).map(({ until }) => until)),
  };
};

const logOf = async (api: ApiClient, { monitorId, downAt, upAt }: Outage): Promise<readonly CheckResultView[]> => {
  const iso = (at: number): string => encodeURIComponent(new Date(at).toISOString());
  const range = `from=${iso(downAt - 35_000)}&to=${iso(upAt + 35_000)}`;
  const { items } = await api.call<{ items: CheckResultView[] }>(
    'GET',
    `/v1/monitors/${monitorId}/results?limit=1000&${range}`,
  );
  return items;
};

export type Review = Readonly<{ found: readonly Found[]; falseIncidents: number; boundsFrom: 'incident' | 'log' }>;

/** Puts what was made of the outages beside them. An incident that began in no outage is a false one. */
export const review = async (api: ApiClient, outages: readonly Outage[]): Promise<Review> => {
  const found: Found[] = [];
  let falseIncidents = 0;
  let told = 0;
  for (const [monitorId, theirs] of Map.groupBy(outages, (one) => one.monitorId)) {
    const { items } = await api.call<{ items: IncidentView[] }>(
      'GET',
      `/v1/incidents?limit=100&monitorId=${monitorId}`,
    );
    const of = ({ downAt, upAt }: Outage) =>
      items.find(({ startedAt }) => Date.parse(startedAt) > downAt - 1_000 && Date.parse(startedAt) < upAt + 1_000);
    const matched = new Set(theirs.map((outage) => of(outage)?.id));
    falseIncidents += items.filter(({ id }) => !matched.has(id)).length;
    for (const outage of theirs) {
      const id = of(outage)?.id;
      const incident = id === undefined ? null : await api.call<IncidentView>('GET', `/v1/incidents/${id}`);
      const bounds = incident === null ? null : boundsTold(incident);
      told += bounds === null ? 0 : 1;
      found.push({ ...outage, incident, bounds: bounds ?? boundsLogged(await logOf(api, outage), outage) });
    }
  }
  return { found, falseIncidents, boundsFrom: told > 0 ? 'incident' : 'log' };
};
