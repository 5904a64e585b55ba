import { type ProblemError, problem } from '../../plugins/problems.ts';
import { type ChannelDeps, fieldsOf, found, type Owned, type Writer } from './channel-deps.ts';
import { unlinked } from './consent.ts';
import { notLinked } from './describe-target.ts';
import { newSigningSecret } from './judge-target.ts';
import { isOptedOut } from './opt-out.ts';
import { storedTargetOf } from './seal-old.ts';
import { sealTarget } from './stored-target.ts';
import type { ChannelRow } from './view.ts';

const stopped = (row: ChannelRow): ProblemError =>
  problem(
    409,
    'channel-stopped',
    `Whoever reads this channel has stopped it: ${row.statusReason ?? 'no reason given'}.`,
  );

/** Why nothing may be sent to a channel; null when it may. */
export const silenceOf = (row: ChannelRow): ProblemError | null => {
  switch (row.status) {
    case 'active':
    case 'broken':
      return null;
    case 'stopped':
      return stopped(row);
    case 'unconfirmed':
      return problem(409, 'channel-unconfirmed', 'Nobody there has agreed to be told yet.');
  }
};

/** Uses a broken channel again. What its reader stopped, and what nobody agreed to, stays so. */
export const enableChannel = ({ db, channels, alerts }: ChannelDeps, owned: Owned): Promise<ChannelRow> =>
  db.transaction(async (tx) => {
    const row = found(await channels.find(tx, owned, true));
    const silence = silenceOf(row);
    if (silence !== null) throw silence;
    if (row.status === 'active') return row;
    const isPhone = row.kind === 'sms' || row.kind === 'voice';
    if (isPhone && row.lookup !== null && (await isOptedOut(tx, row.lookup))) throw stopped(row);
    const enabled = await channels.update(tx, row.id, { ...fieldsOf(row), status: 'active', statusReason: null }, true);
    await alerts.channelUsable(tx, row.id);
    return enabled;
  });

const nothingToConfirm = () =>
  problem(409, 'nothing-to-confirm', 'Only mail addresses and Telegram chats that have not agreed yet can be asked.');

/** Asks again. A new start code is asking too, whatever became of the old chat: somebody there has to press Start. */
export const askAgain = async (
  { db, channels, keyring, consent }: ChannelDeps,
  owned: Owned,
  { organisation, account }: Writer,
): Promise<ChannelRow> => {
  const now = Date.now();
  const row = await db.transaction(async (tx) => {
    const before = found(await channels.find(tx, owned, true));
    if (before.kind === 'telegram' && before.status !== 'active') {
      const place = { table: 'channel', organisationId: owned.organisationId, rowId: owned.id } as const;
      const sealed = sealTarget(keyring, place, { kind: 'telegram', chatId: null });
      const fields = { ...fieldsOf(before), ...unlinked(now), target: notLinked, sealed, lookup: null };
      return channels.update(tx, owned.id, fields, true);
    }
    if (before.status === 'stopped') throw stopped(before);
    if (before.kind !== 'email' || before.status !== 'unconfirmed') throw nothingToConfirm();
    await consent.take(tx, owned.organisationId, before.target, now);
    return before;
  });
  if (row.kind === 'email') consent.send(row, { organisation, by: account?.name ?? null });
  return row;
};

const bothMs = 24 * 3_600_000;
/** More than anybody can want within a day. */
const maxSecrets = 10;

/** A new signing secret; those that were valid so far sign along for 24 hours. */
export const rotateSecret = (
  { db, channels, keyring }: ChannelDeps,
  owned: Owned,
): Promise<Readonly<{ signingSecret: string; oldSecretValidUntil: string }>> =>
  db.transaction(async (tx) => {
    const row = found(await channels.find(tx, owned, true));
    if (row.kind !== 'webhook') throw problem(409, 'no-signing-secret', 'Only webhooks have a signing secret.');
    const target = storedTargetOf(keyring, row);
    if (target?.kind !== 'webhook')
      throw problem(409, 'target-unreadable', 'The stored URL can not be read any more. Set it again first.');
    const now = Date.now();
    const signingSecret = newSigningSecret();
    const old = target.secrets
      .map(({ secret, until }) => ({ secret, until: until ?? now + bothMs }))
      .filter(({ until }) => until > now);
    const secrets = [{ secret: signingSecret, until: null }, ...old].slice(0, maxSecrets);
    const place = { table: 'channel', organisationId: owned.organisationId, rowId: owned.id } as const;
    const sealed = sealTarget(keyring, place, { ...target, secrets });
    await channels.update(tx, owned.id, { ...fieldsOf(row), sealed }, false);
    return { signingSecret, oldSecretValidUntil: new Date(now + bothMs).toISOString() };
  });
