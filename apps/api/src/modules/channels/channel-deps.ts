import type { FastifyRequest } from 'fastify';
import { accountOf, organisationOf } from '../../plugins/accounts.ts';
import { notFound } from '../../plugins/problems.ts';
import type { ModuleDeps } from '../module-deps.ts';
import type { ConsentMails } from './ask-consent.ts';
import type { ChannelRow } from './view.ts';

/** What the routes of channels take from the house. */
export type ChannelModuleDeps = Pick<
  ModuleDeps,
  | 'db'
  | 'channels'
  | 'deliveries'
  | 'alerts'
  | 'deliveryQueue'
  | 'dialRules'
  | 'log'
  | 'limits'
  | 'members'
  | 'keyring'
  | 'config'
  | 'mailer'
>;
export type ChannelDeps = ChannelModuleDeps & Readonly<{ consent: ConsentMails }>;
export type Owned = Readonly<{ organisationId: string; id: string }>;

/** Who changes something: an organisation, and the person if it is one. */
export type Writer = Readonly<{
  organisation: Readonly<{ id: string; name: string }>;
  account: Readonly<{ id: string; name: string; email: string }> | null;
}>;
export const writerOf = (request: FastifyRequest): Writer => {
  const { id, name } = organisationOf(request);
  return { organisation: { id, name }, account: accountOf(request) };
};

/** A channel of the organisation. Throws 404. */
export const found = (row: ChannelRow | null): ChannelRow => {
  if (row === null) throw notFound('channel');
  return row;
};

/** Every field of a row that can change, as it is. */
export const fieldsOf = (row: ChannelRow) => ({
  name: row.name,
  accountId: row.accountId,
  quietHours: row.quietHours,
  target: row.target,
  settings: row.settings,
  sealed: row.sealed,
  status: row.status,
  statusReason: row.statusReason,
  linkCode: row.linkCode,
  lookup: row.lookup,
  linkExpiresAt: row.linkExpiresAt?.getTime() ?? null,
});
