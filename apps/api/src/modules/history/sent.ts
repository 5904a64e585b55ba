import { type ReplayedIncident, replayAlerts } from '@farwatch/domain';
import type { StillTime } from '../../bounded-read.ts';
import type { Sql } from '../../db.ts';
import { knownOf, rulesOf } from '../alert-previews/rules.ts';
import type { Monitored } from '../alert-previews/world.ts';
import { readWorld } from '../alert-previews/world-store.ts';
import type { ModuleDeps } from '../module-deps.ts';

type Asked = Readonly<{
  organisationId: string;
  monitor: Monitored;
  alertAfterMs: number;
  since: number;
  now: number;
  stillTime: StillTime;
}>;

/**
 * How many alerts incidents of a monitor would have sent by the escalation rules as they are, had nobody acknowledged them
 * and had no other monitor spoken for it. Moments are epoch ms.
 */
export const alertsSentBy = async (
  deps: Pick<ModuleDeps, 'windows'>,
  sql: Sql,
  { organisationId, monitor, alertAfterMs, since, now, stillTime }: Asked,
): Promise<(incidents: readonly ReplayedIncident[]) => number> => {
  const world = await readWorld(deps, sql, { organisationId, since, most: 0 });
  const rules = rulesOf(world, knownOf({ since, now, stillTime }));
  const alertsOf = ({ startedAt, resolvedAt }: ReplayedIncident): number => {
    stillTime();
    const incident = {
      ...{ id: `${startedAt}`, severity: 'down' as const, openedAt: startedAt, resolvedAt, alertAfterMs },
      ...{ acknowledgedAt: null, settleMs: 0, attachment: null, monitor },
    };
    const { alerts } = replayAlerts(incident, rules(incident), now);
    return [...alerts.values()].reduce((sum, n) => sum + n, 0);
  };
  return (incidents) => incidents.reduce((sum, incident) => sum + alertsOf(incident), 0);
};
