import { type followLink, idPattern, type ReplyOf } from '@farwatch/contracts';
import { notFound } from '../../plugins/problems.ts';
import type { Actor } from '../alerts/planner.ts';
import { mailLookup } from '../channels/lookup.ts';
import { leaveMail, returnMail } from '../channels/opt-out.ts';
import { type IncidentRow, incidentView } from '../incidents/view.ts';
import type { ModuleDeps } from '../module-deps.ts';
import { type Acknowledge, acknowledgeAll } from './acknowledge.ts';
import { agree, findLinked, findTold, standingOf, type ToldDelivery, toldIncidents } from './store.ts';
import { type Link, placeOf, readLink } from './token.ts';

export type LinkDeps = Pick<ModuleDeps, 'db' | 'alerts' | 'config'> & Readonly<{ acknowledge: Acknowledge }>;
type LinkView = ReplyOf<typeof followLink>;
type ChannelLink = Exclude<Link, { purpose: 'acknowledge' }>;
type ToldLink = Extract<Link, { purpose: 'acknowledge' }>;

const gone = () => notFound('link');
const id = new RegExp(idPattern, 'u');

/** What a token is for. Throws 404 for one that isn't ours. */
export const readToken = ({ config }: Pick<LinkDeps, 'config'>, token: string): Link => {
  const link = readLink(config.secret, token);
  if (link === null) throw gone();
  const named = link.purpose === 'acknowledge' ? link.deliveryId : link.channelId;
  if (!id.test(named)) throw gone();
  return link;
};

/** The person whose channel it is, or the channel itself where it is nobody's own. */
export const readerOf = ({ accountId, accountName, channelName }: ToldDelivery, via: string): Actor => ({
  accountId,
  name: accountName ?? channelName,
  via,
});

/** A channel that goes elsewhere, or nowhere any more, no longer speaks for whoever got the message. */
const told = async ({ db, config }: LinkDeps, { deliveryId, place }: ToldLink): Promise<ToldDelivery> => {
  const found = await findTold(db.sql, deliveryId);
  if (found === null || found.incidentIds.length === 0 || placeOf(config.secret, found.target) !== place) throw gone();
  if (found.status === 'unconfirmed' || found.status === 'stopped') throw gone();
  return found;
};

/** No more than the message itself told: whoever holds a link need not be who got it. */
const toldView = (row: IncidentRow): LinkView['incidents'][number] => {
  const { id: incidentId, monitorName, status, startedAt, resolvedAt, summary } = incidentView(row);
  return { id: incidentId, monitorName, status, startedAt, resolvedAt, summary };
};

const acknowledgeView = async ({ db }: LinkDeps, delivery: ToldDelivery): Promise<LinkView> => {
  const [rows, standing] = await Promise.all([toldIncidents(db.sql, delivery), standingOf(db.sql, delivery)]);
  return {
    purpose: 'acknowledge',
    used: standing.waiting === 0,
    channelName: delivery.channelName,
    organisationName: delivery.organisationName,
    incidents: rows.map(toldView),
    acknowledgedBy: standing.by,
  };
};

const channelView = async ({ db }: LinkDeps, { purpose, ...which }: ChannelLink): Promise<LinkView> => {
  const channel = await findLinked(db.sql, which);
  if (channel === null) throw gone();
  const { name, organisationName, status } = channel;
  const used = purpose === 'unsubscribe' ? status === 'stopped' : status === 'active' || status === 'broken';
  return { purpose, used, channelName: name, organisationName, incidents: [], acknowledgedBy: null };
};

/** What a link is for; changes nothing. */
export const viewLink = async (deps: LinkDeps, token: string): Promise<LinkView> => {
  const link = readToken(deps, token);
  if (link.purpose === 'acknowledge') return acknowledgeView(deps, await told(deps, link));
  return channelView(deps, link);
};

/** The reader's word is about the address: it outlives the channel. Answers the link of the channel that it was about. */
const followChannelLink = (deps: LinkDeps, { purpose, ...which }: ChannelLink): Promise<ChannelLink> =>
  deps.db.transaction(async (tx) => {
    const channel = await findLinked(tx, which);
    if (channel === null) throw gone();
    const { organisationId, target: address } = channel;
    const place = { organisationId, address, lookup: mailLookup(deps.config.secret, organisationId, address) };
    const followed = { ...which, purpose, channelId: channel.id };
    if (purpose === 'unsubscribe') {
      await leaveMail(tx, place);
      return followed;
    }
    const usable = await returnMail(tx, place);
    const agreed = (await agree(tx, channel.id, address)) ? [channel.id] : [];
    for (const channelId of [...usable, ...agreed]) await deps.alerts.channelUsable(tx, channelId);
    return followed;
  });

/** Does what a link is for, and answers how things stand then. A second time changes nothing. */
export const follow = async (deps: LinkDeps, token: string): Promise<LinkView> => {
  const link = readToken(deps, token);
  if (link.purpose === 'acknowledge') {
    const delivery = await told(deps, link);
    await acknowledgeAll(deps.acknowledge, delivery, readerOf(delivery, 'link'));
    return acknowledgeView(deps, delivery);
  }
  return channelView(deps, await followChannelLink(deps, link));
};

/** The mail program's own button. Throws 404 for every other link. */
export const unsubscribeByOneClick = async (deps: LinkDeps, token: string): Promise<void> => {
  const link = readToken(deps, token);
  if (link.purpose !== 'unsubscribe') throw gone();
  await channelView(deps, link);
  await followChannelLink(deps, link);
};
