import { setTimeout as pause } from 'node:timers/promises';
import { watchMachine } from '../process-use.ts';
import type { Figure } from '../report.ts';
import { startAsked } from './child.ts';
import { assignmentOf, startWatchedProbe } from './core.ts';
import type { SitesThere, SitesWanted } from './hostile-site.ts';
import { rank } from './ranks.ts';
import { startSite } from './site.ts';

const hostileEach = 100;
const healthy = 200;
/** As long as a look may take: a dripping body holds its place until the next one of it begins. */
const intervalMs = 10_000;
const measuredMs = 30_000;

/** Monitors whose bodies never end, beside healthy ones. */
export const hostile = async (): Promise<readonly Figure[]> => {
  await using stack = new AsyncDisposableStack();
  const site = stack.use(await startSite());
  const bad = stack.use(await startAsked<SitesWanted, SitesThere>('./hostile-site.ts'));
  const { urls } = await bad.ask({ sites: 2 * hostileEach });
  const good = Array.from({ length: healthy }, () => assignmentOf(site.https, intervalMs));
  const never = urls.map((url, n) => assignmentOf(url + (n < hostileEach ? '/endless' : '/drip'), intervalMs));
  const assignments = [...good, ...never];
  const env = { NODE_EXTRA_CA_CERTS: site.caFile };
  const probe = stack.use(await startWatchedProbe(assignments, { env }));
  await pause(intervalMs + 2_000);
  const from = Date.now();
  const busySince = watchMachine();
  await pause(measuredMs + 3_000);
  const busy = busySince();
  const within = probe.told.filter(({ scheduledAt }) => scheduledAt > from && scheduledAt <= from + measuredMs);
  const ids = new Set(good.map(({ monitorId }) => monitorId));
  const ofGood = within.filter(({ monitorId }) => ids.has(monitorId));
  const late = ofGood.filter(({ verdict }) => verdict !== 'missed').map(({ lateMs }) => lateMs);
  const expected = (healthy * measuredMs) / intervalMs;
  const name = `${healthy} healthy monitors beside ${2 * hostileEach} endless bodies:`;
  return [
    { name: `${name} late, median`, value: rank(late, 0.5), unit: 'ms' },
    { name: `${name} late, p99`, value: rank(late, 0.99), unit: 'ms', wanted: '≤ 500' },
    { name: `${name} machine busy`, value: busy, unit: '% of all cores' },
    {
      name: `${name} not up`,
      value: expected - ofGood.filter(({ verdict }) => verdict === 'up').length,
      unit: 'checks',
    },
  ];
};
