import type { BodyOf, createChannel as endpoint } from '@farwatch/contracts';
import { v7 as newId } from 'uuid';
import { problem } from '../../plugins/problems.ts';
import type { ChannelDeps, Writer } from './channel-deps.ts';
import { consentOf } from './consent.ts';
import { defaultName, refusalLookup, settingsOf, shownOf, targetLookup } from './describe-target.ts';
import { judgeOwner } from './judge-owner.ts';
import { judgeTarget, judgeTemplate } from './judge-target.ts';
import { requireOffered } from './offered-kinds.ts';
import { type StoredTarget, sealTarget } from './stored-target.ts';
import type { ChannelRow } from './view.ts';

type Created = Readonly<{ row: ChannelRow; signingSecret: string | null }>;

const signingSecretOf = (target: StoredTarget): string | null =>
  target.kind === 'webhook' ? (target.secrets[0]?.secret ?? null) : null;

/** Stores a channel and asks its address for consent where that is needed; a webhook's secret is answered this once. */
export const createChannel = async (
  deps: ChannelDeps,
  { organisation, account }: Writer,
  { name, target: given, accountId = null, quietHours = null }: BodyOf<typeof endpoint>,
): Promise<Created> => {
  const { db, channels, members, config, keyring, consent } = deps;
  requireOffered(given.kind, config);
  await judgeTemplate(given);
  const target = judgeTarget(given, deps.dialRules, null);
  const id = newId();
  const organisationId = organisation.id;
  const limit = deps.limits.channelsPerOrganisation;
  const now = Date.now();
  const row = await db.transaction(async (tx) => {
    await judgeOwner(members, tx, organisationId, { accountId, quietHours });
    const lookup = targetLookup(config.secret, target);
    const asked = { organisationId, accountId: account?.id ?? null, target, now };
    const agreed = await consentOf(tx, { ...asked, lookup: refusalLookup(config.secret, organisationId, target) });
    const made = await channels.insert(
      tx,
      {
        id,
        organisationId,
        kind: target.kind,
        name: name ?? defaultName(target),
        accountId,
        quietHours,
        target: shownOf(target),
        settings: settingsOf(target),
        sealed: sealTarget(keyring, { table: 'channel', organisationId, rowId: id }, target),
        lookup,
        ...agreed,
      },
      limit,
    );
    if (made === null) throw problem(409, 'channel-limit', `An organisation can have at most ${limit} channels.`);
    if (target.kind === 'email' && made.status === 'unconfirmed')
      await consent.take(tx, organisationId, target.address, now);
    return made;
  });
  if (row.kind === 'email' && row.status === 'unconfirmed')
    consent.send(row, { organisation, by: account?.name ?? null });
  return { row, signingSecret: signingSecretOf(target) };
};
