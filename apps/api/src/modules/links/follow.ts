import { type followLink, idPattern, type ReplyOf } from '@farwatch/contracts';
import { notFound } from '../../plugins/problems.ts';
import type { Actor } from '../alerts/planner.ts';
import { incidentView } from '../incidents/view.ts';
import type { ModuleDeps } from '../module-deps.ts';
import { type Acknowledge, acknowledgeAll } from './acknowledge.ts';
import { agree, findLinked, findTold, standingOf, type ToldDelivery, toldIncidents, unsubscribe } from './store.ts';
import { type LinkPurpose, readLink } from './token.ts';

export type LinkDeps = Pick<ModuleDeps, 'db' | 'alerts' | 'config'> & Readonly<{ acknowledge: Acknowledge }>;
type LinkView = ReplyOf<typeof followLink>;
type ChannelLink = Exclude<LinkPurpose, { purpose: 'acknowledge' }>;

const gone = () => notFound('link');
const id = new RegExp(idPattern, 'u');

/** What a token is for. Throws 404 for one that isn't ours. */
export const readToken = ({ config }: Pick<LinkDeps, 'config'>, token: string): LinkPurpose => {
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

/** An address that hasn't agreed is not the one the message went to. */
const told = async ({ db }: LinkDeps, deliveryId: string): Promise<ToldDelivery> => {
  const found = await findTold(db.sql, deliveryId);
  if (found === null || found.status === 'unconfirmed' || found.incidentIds.length === 0) throw gone();
  return found;
};

const acknowledgeView = async ({ db }: LinkDeps, delivery: ToldDelivery): Promise<LinkView> => {
  const [rows, standing] = await Promise.all([toldIncidents(db.sql, delivery), standingOf(db.sql, delivery)]);
  return {
    purpose: 'acknowledge',
    used: standing.waiting === 0,
    channelName: delivery.channelName,
    organisationName: delivery.organisationName,
    incidents: rows.map(incidentView),
    acknowledgedBy: standing.by,
  };
};

const channelView = async ({ db }: LinkDeps, { purpose, channelId, target }: ChannelLink): Promise<LinkView> => {
  const channel = await findLinked(db.sql, channelId, target);
  if (channel === null) throw gone();
  const { name, organisationName, status } = channel;
  const used = purpose === 'unsubscribe' ? status === 'stopped' : status === 'active' || status === 'broken';
  return { purpose, used, channelName: name, organisationName, incidents: [], acknowledgedBy: null };
};

/** What a link is for; changes nothing. */
export const viewLink = async (deps: LinkDeps, token: string): Promise<LinkView> => {
  const link = readToken(deps, token);
  if (link.purpose === 'acknowledge') return acknowledgeView(deps, await told(deps, link.deliveryId));
  return channelView(deps, link);
};

const followChannelLink = ({ db, alerts }: LinkDeps, { purpose, channelId, target }: ChannelLink): Promise<void> =>
  db.transaction(async (tx) => {
    if (purpose === 'unsubscribe') await unsubscribe(tx, channelId, target);
    else if (await agree(tx, channelId, target)) await alerts.channelUsable(tx, channelId);
  });

/** Does what a link is for, and answers how things stand then. A second time changes nothing. */
export const follow = async (deps: LinkDeps, token: string): Promise<LinkView> => {
  const link = readToken(deps, token);
  if (link.purpose === 'acknowledge') {
    const delivery = await told(deps, link.deliveryId);
    await acknowledgeAll(deps.acknowledge, delivery, readerOf(delivery, 'link'));
    return acknowledgeView(deps, delivery);
  }
  await followChannelLink(deps, link);
  return channelView(deps, link);
};

/** The mail program's own button. Throws 404 for every other link. */
export const unsubscribeByOneClick = async (deps: LinkDeps, token: string): Promise<void> => {
  const link = readToken(deps, token);
  if (link.purpose !== 'unsubscribe') throw gone();
  await channelView(deps, link);
  await followChannelLink(deps, link);
};
