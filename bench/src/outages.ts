import { setTimeout as pause } from 'node:timers/promises';
import type { CheckResultView, IncidentView } from '@farwatch/contracts';
import type { ApiClient } from '@farwatch/e2e/api-client';
import type { Sites } from './sites.ts';

/** What really was, by the site's own clock (epoch ms). */
export type Outage = Readonly<{ monitorId: string; downAt: number; upAt: number }>;
/** Between these the start, and the clear, must lie. */
export type Bounds = Readonly<{ lastGoodAt: number; firstBadAt: number; lastBadAt: number; firstGoodAt: number }>;
/** What was made of it: `incident` null = nobody noticed. `firstBadEndAt`: the end of the first failing look in the log. */
export type Found = Outage & Readonly<{ incident: IncidentView | null; bounds: Bounds | null; firstBadEndAt: number }>;

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

const boundsOf = ({ bounds }: IncidentView): Bounds => {
  const at = (text: string | null): number => (text === null ? Number.NaN : Date.parse(text));
  const { lastGoodAt, firstBadAt, lastBadAt, firstGoodAt } = bounds;
  return {
    ...{ lastGoodAt: at(lastGoodAt), firstBadAt: at(firstBadAt) },
    ...{ lastBadAt: at(lastBadAt), firstGoodAt: at(firstGoodAt) },
  };
};

const firstBadEndAt = (log: readonly CheckResultView[]): number =>
  Math.min(
    ...log
      .filter(({ outcome }) => outcome.verdict === 'down')
      .map(({ startedAt, totalMs }) => Date.parse(startedAt) + totalMs),
  );

const logOf = async (api: ApiClient, { monitorId, downAt, upAt }: Outage): Promise<readonly CheckResultView[]> => {
  const iso = (at: number): string => encodeURIComponent(new Date(at).toISOString());
  const range = `from=${iso(downAt - 1_000)}&to=${iso(upAt + 1_000)}`;
  const { items } = await api.call<{ items: CheckResultView[] }>(
    'GET',
    `/v1/monitors/${monitorId}/results?limit=1000&${range}`,
  );
  return items;
};

export type Review = Readonly<{ found: readonly Found[]; falseIncidents: number }>;

/** Puts what was made of the outages beside them. An incident that began in no outage is a false one. */
export const review = async (api: ApiClient, outages: readonly Outage[]): Promise<Review> => {
  const found: Found[] = [];
  let falseIncidents = 0;
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
      const incident = of(outage) ?? null;
      const bounds = incident === null ? null : boundsOf(incident);
      found.push({ ...outage, incident, bounds, firstBadEndAt: firstBadEndAt(await logOf(api, outage)) });
    }
  }
  return { found, falseIncidents };
};
