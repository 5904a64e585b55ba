import type { ReplayedIncident } from '@farwatch/domain';
import type { StillTime } from '../../bounded-read.ts';
import type { Sql } from '../../db.ts';
import { type Child, readAncestors } from '../alert-previews/ancestor-store.ts';
import { type Known, knownOf, replayIn } from '../alert-previews/rules.ts';
import type { Incident, Monitored, World } from '../alert-previews/world.ts';
import { readWorld } from '../alert-previews/world-store.ts';
import type { ModuleDeps } from '../module-deps.ts';

type Asked = Readonly<{
  organisationId: string;
  since: number;
  now: number;
  stillTime: StillTime;
  child: Child;
}>;
type Of = Readonly<{ monitor: Monitored; alertAfterMs: number; intervalMs: number; timeoutMs: number }>;
/** `openedAt`: when it was decided that there is one; epoch ms. */
export type Opened = ReplayedIncident & Readonly<{ openedAt: number }>;
export type Sent = Readonly<{ sent: number; isLeast: boolean }>;
export type AlertsSent = Readonly<{
  of: (of: Of, incidents: readonly Opened[]) => Promise<Sent>;
  /** What its parents were had no room further back. */
  areParentsCut: boolean;
}>;

const sentIn = (world: World, known: Known): AlertsSent => {
  const of: AlertsSent['of'] = async ({ monitor, ...settings }, incidents) => {
    const incidentOf = ({ startedAt, openedAt, resolvedAt, endKnownAt, endReason }: Opened): Incident => ({
      ...{ id: `${startedAt}`, monitorId: monitor.id, monitor, severity: 'down', deeds: [], share: null, ...settings },
      ...{ openedAt, toldAt: openedAt, overAt: endKnownAt ?? resolvedAt, resolvedAt, ended: endReason },
    });
    const { alerts, isLeast } = await replayIn(world, known, incidents.map(incidentOf));
    return { sent: [...alerts.values()].reduce((sum, n) => sum + n, 0), isLeast };
  };
  return { of, areParentsCut: world.ancestors.isCut };
};

/**
 * How many alerts incidents of a monitor would have sent by the escalation rules as they are, had nobody acknowledged them
 * and had nothing but its parents spoken for it: those it has, and those it is to have. Moments are epoch ms.
 */
export const alertsSentBy = async (
  deps: Pick<ModuleDeps, 'windows'>,
  sql: Sql,
  { organisationId, since, now, stillTime, child }: Asked,
): Promise<Readonly<{ present: AlertsSent; wanted: AlertsSent }>> => {
  const { monitorId, parents } = child;
  const world = await readWorld(deps, sql, { organisationId, since, most: 0, only: { monitorId, parents: null } });
  const known = knownOf({ since, now, stillTime });
  const present = sentIn(world, known);
  if (parents === null) return { present, wanted: present };
  const ancestors = await readAncestors(sql, { organisationId, since }, child);
  return { present, wanted: sentIn({ ...world, ancestors }, known) };
};
