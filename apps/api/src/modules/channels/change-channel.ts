import type { BodyOf, ChannelTarget, updateChannel } from '@farwatch/contracts';
import type { Sql } from '../../db.ts';
import { invalidField } from '../../plugins/problems.ts';
import { type ChannelDeps, fieldsOf, found, type Owned, type Writer } from './channel-deps.ts';
import { consentOf } from './consent.ts';
import { refusalLookup, sameAddress, settingsOf, shownOf, targetLookup } from './describe-target.ts';
import { judgeOwner } from './judge-owner.ts';
import { judgeTarget, judgeTemplate } from './judge-target.ts';
import { storedTargetOf } from './seal-old.ts';
import type { ChannelFields } from './store.ts';
import { type StoredTarget, sealTarget } from './stored-target.ts';
import type { ChannelRow } from './view.ts';

type Patch = BodyOf<typeof updateChannel>;
type Retargeted = Readonly<{ fields: Omit<ChannelFields, 'name' | 'accountId' | 'quietHours'>; moved: boolean }>;

const seenOf = (target: StoredTarget) => ({ target: shownOf(target), settings: settingsOf(target) });

/** What is still open from before there was encryption is sealed on the way. */
const keepTarget = ({ keyring }: Pick<ChannelDeps, 'keyring'>, before: ChannelRow): Retargeted => {
  const target = before.sealed === null ? storedTargetOf(keyring, before) : null;
  const { id: rowId, organisationId } = before;
  const sealed =
    target === null
      ? {}
      : { sealed: sealTarget(keyring, { table: 'channel', organisationId, rowId }, target), ...seenOf(target) };
  return { fields: { ...fieldsOf(before), ...sealed }, moved: false };
};

/** The address is another one, so whoever is there has to agree anew; else only secrets, headers or a template changed. */
const retarget = async (
  tx: Sql,
  { dialRules, keyring, config, consent }: ChannelDeps,
  before: ChannelRow,
  given: ChannelTarget,
  accountId: string | null,
): Promise<Retargeted> => {
  const { id, organisationId, kind } = before;
  if (given.kind !== kind)
    throw invalidField('/target/kind', 'channel-kind-fixed', `This is a channel of the kind ${kind}.`);
  const old = storedTargetOf(keyring, before);
  const target = judgeTarget(given, dialRules, old);
  const moved = old === null || !sameAddress(old, target);
  const lookup = targetLookup(config.secret, target);
  const now = Date.now();
  const refusal = refusalLookup(config.secret, organisationId, target);
  const agreed = moved ? await consentOf(tx, { organisationId, accountId, target, lookup: refusal, now }) : {};
  const fields = {
    ...fieldsOf(before),
    target: target.kind === 'telegram' && !moved ? before.target : shownOf(target),
    settings: settingsOf(target),
    sealed: sealTarget(keyring, { table: 'channel', organisationId, rowId: id }, target),
    lookup,
    ...agreed,
  };
  if (moved && target.kind === 'email' && fields.status === 'unconfirmed')
    await consent.take(tx, organisationId, target.address, now);
  return { fields, moved };
};

/** Renames a channel or points it elsewhere. `match` is called with the channel as it is and may refuse. */
export const changeChannel = async (
  deps: ChannelDeps,
  owned: Owned,
  { organisation, account }: Writer,
  patch: Patch,
  match: (before: ChannelRow) => void,
): Promise<ChannelRow> => {
  const { db, channels, members, consent } = deps;
  await judgeTemplate(patch.target);
  const { row, moved } = await db.transaction(async (tx) => {
    const before = found(await channels.find(tx, owned, true));
    match(before);
    if (Object.keys(patch).length === 0) return { row: before, moved: false };
    await judgeOwner(members, tx, owned.organisationId, patch);
    const next =
      patch.target === undefined
        ? keepTarget(deps, before)
        : await retarget(tx, deps, before, patch.target, account?.id ?? null);
    const { name = before.name, accountId = before.accountId, quietHours = before.quietHours } = patch;
    const changed = await channels.update(tx, owned.id, { ...next.fields, name, accountId, quietHours }, next.moved);
    return { row: changed, moved: next.moved };
  });
  if (moved && row.kind === 'email' && row.status === 'unconfirmed')
    consent.send(row, { organisation, by: account?.name ?? null });
  return row;
};
