import {
  type Amendment,
  amend,
  boundsByRegion,
  boundsOf,
  type CheckResult,
  type FoldedIncident,
  failingNeeded,
  type History,
  type Policy,
  type Vote,
  votesIn,
} from '@farwatch/domain';
import { v7 as newId } from 'uuid';
import type { Sql } from '../../db.ts';
import { noteNews, openDue } from '../diagnosis/due.ts';
import type { EventStore } from '../events/store.ts';
import type { Watched } from '../monitors/state-store.ts';
import { findIncident } from './find.ts';
import {
  type IncidentRecord,
  insertIncident,
  type StoredBounds,
  setBounds,
  setTold,
  updateIncident,
  withdrawIncident,
} from './record-store.ts';
import { incidentView } from './view.ts';

type IncidentEvent = 'incident.opened' | 'incident.updated' | 'incident.resolved';

/** The looks of monitors by their `scheduledAt`, from a moment (epoch ms) on. */
export type ReadVotes = (
  tx: Sql,
  wanted: readonly Readonly<{ monitorId: string; from: number; until?: number }>[],
) => Promise<ReadonlyMap<string, readonly CheckResult[]>>;

export type ApplyDeps = Readonly<{
  votesOf: ReadVotes;
  events: Pick<EventStore, 'record'>;
  alerts: Readonly<{
    plan: (
      tx: Sql,
      alert: Readonly<{
        organisationId: string;
        incidentId: string;
        event: 'incident.opened' | 'incident.resolved';
        now: number;
      }>,
    ) => Promise<readonly string[]>;
    flapping: (
      tx: Sql,
      news: Readonly<{
        organisationId: string;
        monitorId: string;
        event: 'monitor.flapping' | 'monitor.calm';
        since: number;
        now: number;
      }>,
    ) => Promise<readonly string[]>;
  }>;
}>;

/**
 * A monitor's history, judged because of looks that ended from `from` on, and the incidents that are stored of that time.
 * `timely`: may people be told?
 */
export type Judged = Readonly<{
  watched: Watched;
  history: History;
  stored: readonly IncidentRecord[];
  from: number;
  timely: boolean;
  /** The looks have waited on their way, and others may wait still: a silence says nothing yet. */
  unsure: boolean;
}>;

type Written = Readonly<{ id: string; incident: FoldedIncident; told: boolean; endTold: boolean }>;

const tell = async (
  { events }: ApplyDeps,
  tx: Sql,
  { organisationId, monitorId }: Watched,
  id: string,
  type: IncidentEvent,
) => {
  const row = await findIncident(tx, id);
  if (row !== null) await events.record(tx, { organisationId, monitorId, type, data: incidentView(row) });
};

/** The looks about a moment, enough of them that every living region is among them. */
const looksAround = async (
  { votesOf }: ApplyDeps,
  tx: Sql,
  { monitorId, policy }: Watched,
  at: number,
): Promise<readonly Vote[]> => {
  const reach = 2 * policy.intervalMs + policy.timeoutMs;
  const log = await votesOf(tx, [{ monitorId, from: at - reach, until: at + reach }]);
  return votesIn(log.get(monitorId) ?? []);
};

/** The start's bounds are found when it is known, the clear's when that is; what was found before is kept. */
const saveBounds = async (
  deps: ApplyDeps,
  tx: Sql,
  watched: Watched,
  id: string,
  incident: FoldedIncident,
  kept: StoredBounds | null,
) => {
  const { startedAt, resolvedAt } = incident;
  const starts = kept === null ? await looksAround(deps, tx, watched, startedAt) : [];
  const start = kept ?? { all: boundsOf(starts, incident), regions: boundsByRegion(starts, incident) };
  if (resolvedAt === null) {
    await setBounds(tx, id, start);
    return;
  }
  const ends = await looksAround(deps, tx, watched, resolvedAt);
  const { lastBadAt, firstGoodAt } = boundsOf(ends, incident);
  const ended = boundsByRegion(ends, incident);
  const names = [...new Set([...Object.keys(start.regions), ...Object.keys(ended)])].sort();
  const none = { lastGoodAt: null, firstBadAt: null, lastBadAt: null, firstGoodAt: null };
  const regions = Object.fromEntries(
    names.map((name) => {
      const { lastGoodAt, firstBadAt } = start.regions[name] ?? ended[name] ?? none;
      const end = ended[name] ?? none;
      return [name, { lastGoodAt, firstBadAt, lastBadAt: end.lastBadAt, firstGoodAt: end.firstGoodAt }];
    }),
  );
  await setBounds(tx, id, { all: { ...start.all, lastBadAt, firstGoodAt }, regions });
};

const sameList = (a: readonly string[], b: readonly string[]): boolean => a.join() === b.join();

/** Writes one incident of the history: new, changed, or as it was. */
const write = async (
  deps: ApplyDeps,
  tx: Sql,
  watched: Watched,
  { incident, stored }: Amendment<IncidentRecord>['incidents'][number],
  now: number,
): Promise<Written> => {
  if (stored === null) {
    const id = newId();
    await insertIncident(tx, watched, id, incident, now);
    await saveBounds(deps, tx, watched, id, incident, null);
    await tell(deps, tx, watched, id, 'incident.opened');
    await openDue(tx, id, now); // after the event, whose order it holds
    if (incident.resolvedAt !== null) await tell(deps, tx, watched, id, 'incident.resolved');
    return { id, incident, told: false, endTold: false };
  }
  const { id, told, endTold } = stored;
  const moved = stored.startedAt !== incident.startedAt;
  const ended = stored.resolvedAt !== incident.resolvedAt || stored.endKnownAt !== incident.endKnownAt;
  if (moved || ended || !sameList(stored.regions, incident.regions)) {
    await updateIncident(tx, id, incident);
    if (moved || ended) await saveBounds(deps, tx, watched, id, incident, moved ? null : stored.bounds);
    const over = stored.resolvedAt === null && incident.resolvedAt !== null;
    await tell(deps, tx, watched, id, over ? 'incident.resolved' : 'incident.updated');
    await noteNews(tx, id, over ? 'resolved' : 'evidence', now);
  }
  return { id, incident, told, endTold };
};

type News = Readonly<{ id: string; event: 'incident.opened' | 'incident.resolved' }>;

/** Fewer regions saw it than must agree when all of them answer: that others did not answer opened it. */
const bySilence = ({ regions }: FoldedIncident, { agree, regions: all }: Policy): boolean =>
  regions.length < failingNeeded(agree, all.length);

/**
 * What people have not heard yet. While a monitor flaps no more is opened for them. Late looks, and an incident that was
 * over before the looks that are judged now, wake nobody; what a silence opened while reports still wait is told by the
 * next look, if it is still so. But whoever heard that it is down hears that it is over, however that was learnt.
 */
const newsOf = ({ id, incident, told, endTold }: Written, judged: Judged): readonly News[] => {
  const { from, timely, unsure, watched, history } = judged;
  const over = incident.resolvedAt !== null;
  const flaps = history.state.flappingSince !== null;
  const fresh = timely && !flaps && (incident.endKnownAt ?? from) >= from;
  const doubtful = unsure && bySilence(incident, watched.policy);
  const news: News[] = [];
  if (!told && fresh && doubtful) return news;
  if (!told && fresh) news.push({ id, event: 'incident.opened' });
  if (over && !endTold && (told || fresh)) news.push({ id, event: 'incident.resolved' });
  return news;
};

const plan = async (
  { alerts }: ApplyDeps,
  tx: Sql,
  { organisationId }: Watched,
  news: readonly News[],
  now: number,
) => {
  const due: string[] = [];
  for (const { id, event } of news) {
    await setTold(tx, id, event === 'incident.opened' ? 'told_at' : 'end_told_at', now);
    due.push(...(await alerts.plan(tx, { organisationId, incidentId: id, event, now })));
  }
  return due;
};

/**
 * Makes the stored incidents those of the history, tells the event stream, and plans the alerts that are due; answers
 * the deliveries to send at once. Late looks (`timely` false) change the record and wake nobody.
 */
export const amendIncidents = async (
  deps: ApplyDeps,
  tx: Sql,
  judged: Judged,
  now: number,
): Promise<readonly string[]> => {
  const { watched, history, stored } = judged;
  const { incidents, withdrawn } = amend(history.incidents, stored);
  const gone: News[] = [];
  for (const { id, told, endTold } of withdrawn) {
    await withdrawIncident(tx, id, history.state.until);
    await tell(deps, tx, watched, id, 'incident.resolved');
    // People who were told that it is down must hear that it is over, however that was learnt.
    if (told && !endTold) gone.push({ id, event: 'incident.resolved' });
  }
  const written: Written[] = [];
  for (const one of incidents) written.push(await write(deps, tx, watched, one, now));
  const news = written.flatMap((one) => newsOf(one, judged));
  return plan(deps, tx, watched, [...gone, ...news], now);
};
