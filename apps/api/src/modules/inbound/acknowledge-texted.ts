import { cut, oneLine } from '@farwatch/notifiers';
import { acknowledgeAll } from '../links/acknowledge.ts';
import type { InboundDeps } from './inbound-deps.ts';
import { type TextedIncident, textedIncidents } from './store.ts';

/** ACK is for what the phone was told lately. */
const withinMs = 24 * 3_600_000;
const maxNamed = 3;

/** `Shop, Blog and 3 more` */
const namesOf = (incidents: readonly TextedIncident[]): string => {
  const names = incidents.slice(0, maxNamed).map(({ monitorName }) => cut(oneLine(monitorName), 30));
  const more = incidents.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
};

/** The person whose channel it is has it; without one, the channel stands for whoever holds the phone. */
const acknowledgeOne = ({ acknowledge }: InboundDeps, incident: TextedIncident) => {
  const { organisationId, incidentId, accountId, accountName, channelName } = incident;
  const by = { accountId, name: accountName ?? channelName, via: 'sms' };
  return acknowledgeAll(acknowledge, { organisationId, incidentIds: [incidentId] }, by);
};

/** Acknowledges what this phone was texted about, and answers what that came to, in one line. */
export const acknowledgeTexted = async (deps: InboundDeps, lookup: Buffer): Promise<string> => {
  const incidents = await textedIncidents(deps.db.sql, lookup, Date.now() - withinMs);
  const taken: TextedIncident[] = [];
  for (const incident of incidents) {
    const { acknowledged } = await acknowledgeOne(deps, incident);
    if (acknowledged > 0) taken.push(incident);
  }
  return taken.length === 0 ? 'Nothing is waiting for your ACK.' : `You have: ${namesOf(taken)}.`;
};
