import { nextReminderAt } from '@farwatch/domain';
import type { Db, Sql } from '../../db.ts';
import { climb, type DueNow, type IncidentAlertDeps, planReminder } from './incident-alerts.ts';
import { alertedIncident, type Ladder, lockDueLadder, lockLadder, saveLadder } from './plan-store.ts';
import { judgeSilence } from './silence.ts';
import { aroundOf } from './silence-store.ts';

export type EscalateDeps = IncidentAlertDeps &
  Readonly<{
    db: Pick<Db, 'transaction'>;
    /** Sends what became due, after the commit. */
    send: (due: DueNow) => Promise<void>;
    /** Hears of a ladder that could not be climbed. */
    onError: (error: unknown) => void;
  }>;

/** At most this many in one sweep; the next one is a moment away. */
const maxPerSweep = 500;

const reminded = async (tx: Sql, ladder: Ladder, now: number): Promise<readonly [Ladder, DueNow]> => {
  const incident = await alertedIncident(tx, ladder.incidentId);
  if (incident === null || ladder.remindAt === null || ladder.remindAt > now) return [ladder, []];
  const { remindEveryMs } = ladder.policy;
  const openedAt = incident.openedAt.getTime();
  const snoozed = incident.snoozedUntil?.getTime() ?? null;
  const remindAt = nextReminderAt({ openedAt, remindEveryMs, lastAt: now, now, snoozedUntil: snoozed });
  return [{ ...ladder, remindAt }, await planReminder(tx, incident, now)];
};

/** What is due of one ladder; an incident that is over, or somebody has, has nothing due. */
const advanceLadder = async (deps: IncidentAlertDeps, tx: Sql, ladder: Ladder, now: number): Promise<DueNow> => {
  const incident = await alertedIncident(tx, ladder.incidentId);
  if (incident === null || incident.resolvedAt !== null) {
    await saveLadder(tx, { ...ladder, state: { ...ladder.state, dueAt: null }, remindAt: null });
    return [];
  }
  const around = await aroundOf(tx, incident, now);
  const judged = await judgeSilence(tx, incident, { ladder, around }, now);
  if (judged.heldUntil !== null) {
    await saveLadder(tx, judged);
    return [];
  }
  const climbed =
    incident.acknowledgedAt === null
      ? await climb(deps, tx, incident, judged, now)
      : { ladder: { ...judged, state: { ...judged.state, dueAt: null } }, due: [] };
  const [told, reminders] = await reminded(tx, climbed.ladder, now);
  await saveLadder(tx, told);
  return [...climbed.due, ...reminders];
};

/** One that can't be climbed (a bug of ours) keeps the others from nothing: it is looked at again a minute later. */
const postponeMs = 60_000;
const postponeLadder = async ({ db }: EscalateDeps, incidentId: string, now: number): Promise<void> => {
  await db.transaction(async (tx) => {
    const ladder = await lockLadder(tx, incidentId);
    if (ladder === null) return;
    const later = (at: number | null): number | null => (at === null ? null : Math.max(at, now + postponeMs));
    const state = { ...ladder.state, dueAt: later(ladder.state.dueAt) };
    await saveLadder(tx, { ...ladder, state, remindAt: later(ladder.remindAt) });
  });
};

/** The next ladder that is due: what it made due, or null when there is none. */
const climbNext = async (deps: EscalateDeps, now: number): Promise<DueNow | null> => {
  let incidentId: string | null = null;
  try {
    return await deps.db.transaction(async (tx) => {
      const ladder = await lockDueLadder(tx, now);
      incidentId = ladder?.incidentId ?? null;
      return ladder === null ? null : advanceLadder(deps, tx, ladder, now);
    });
  } catch (error) {
    if (incidentId === null) throw error;
    deps.onError(error);
    await postponeLadder(deps, incidentId, now);
    return [];
  }
};

/**
 * Climbs the ladders that are due, one transaction each, and answers how many. A sweep over a column and no timer: what
 * a killed worker had promised is found by the next one.
 */
export const escalateDue =
  (deps: EscalateDeps) =>
  async (now: number): Promise<number> => {
    for (let done = 0; done < maxPerSweep; done++) {
      const due = await climbNext(deps, now);
      if (due === null) return done;
      await deps.send(due);
    }
    return maxPerSweep;
  };
