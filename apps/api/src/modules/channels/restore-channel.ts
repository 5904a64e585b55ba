import type { Sql } from '../../db.ts';
import { problem } from '../../plugins/problems.ts';
import { type ChannelDeps, fieldsOf, found, type Owned } from './channel-deps.ts';
import { refusalLookup } from './describe-target.ts';
import { isOptedOut, leaveReason, lockAddress, stopReason } from './opt-out.ts';
import { storedTargetOf } from './seal-old.ts';
import type { ChannelRow } from './view.ts';

/** What its reader refused while it was away holds for it too. */
const obeyed = async ({ channels, keyring, config }: ChannelDeps, tx: Sql, row: ChannelRow): Promise<ChannelRow> => {
  const target = storedTargetOf(keyring, row);
  const lookup = target === null ? null : refusalLookup(config.secret, row.organisationId, target);
  if (lookup === null || row.status === 'stopped') return row;
  await lockAddress(tx, lookup);
  if (!(await isOptedOut(tx, lookup))) return row;
  const statusReason = row.kind === 'email' ? leaveReason : stopReason;
  return channels.update(tx, row.id, { ...fieldsOf(row), status: 'stopped', statusReason }, false);
};

/** Brings a deleted channel back as it was, with its deliveries; alerts that were due meanwhile stay untold. */
export const restoreChannel = (deps: ChannelDeps, owned: Owned): Promise<ChannelRow> =>
  deps.db.transaction(async (tx) => {
    const { channels, limits } = deps;
    const limit = limits.channelsPerOrganisation;
    const back = await channels.bringBack(tx, owned, limit);
    if (back === false) throw problem(409, 'channel-limit', `An organisation can have at most ${limit} channels.`);
    return obeyed(deps, tx, found(back === null ? null : await channels.find(tx, owned, true)));
  });
