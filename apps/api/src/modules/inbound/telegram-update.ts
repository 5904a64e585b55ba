import { idPattern } from '@farwatch/contracts';
import { readTelegramUpdate, type TelegramApi, type TelegramUpdate } from '@farwatch/notifiers';
import { lookupOf } from '../channels/lookup.ts';
import type { Budget } from '../channels/mail-budget.ts';
import { sealTarget } from '../channels/stored-target.ts';
import { type Acknowledge, acknowledgeAll, acknowledgeSentence } from '../links/acknowledge.ts';
import { findTold } from '../links/store.ts';
import type { ModuleDeps } from '../module-deps.ts';
import { linkChat, lockByCode, stopChat, wasJustLinked } from './store.ts';

export type TelegramUpdateDeps = Pick<ModuleDeps, 'db' | 'alerts' | 'keyring'> &
  Readonly<{
    acknowledge: Acknowledge;
    config: Pick<ModuleDeps['config'], 'secret'>;
    api: TelegramApi;
    unknownCodes: Budget;
  }>;
type Of<K extends TelegramUpdate['kind']> = Extract<TelegramUpdate, { kind: K }>;

const id = new RegExp(idPattern, 'u');
const lookup = ({ config }: TelegramUpdateDeps, chatId: string): Buffer => lookupOf(config.secret, 'telegram', chatId);

/** Links the chat to the channel whose code it is. Answers the channel's name; null: no channel waits for this code. */
const link = (deps: TelegramUpdateDeps, { code, chatId, chatTitle }: Of<'start'>): Promise<string | null> =>
  deps.db.transaction(async (tx) => {
    const channel = await lockByCode(tx, code);
    if (channel === null) return null;
    const place = { table: 'channel', organisationId: channel.organisationId, rowId: channel.id } as const;
    const sealed = sealTarget(deps.keyring, place, { kind: 'telegram', chatId });
    const title = chatTitle === '' ? 'a chat' : chatTitle;
    await linkChat(tx, { id: channel.id, sealed, lookup: lookup(deps, chatId), title });
    await deps.alerts.channelUsable(tx, channel.id);
    return channel.name;
  });

/** Codes can't be guessed, but each try costs a look into the database and an answer, which others wait for. */
export const unknownCodesPerChat = { count: 3, withinMs: 3_600_000 } as const;

/** Null: this chat has sent so many codes that nobody knows that it isn't answered any more. */
const start = async (deps: TelegramUpdateDeps, update: Of<'start'>): Promise<string | null> => {
  const { unknownCodes } = deps;
  const now = Date.now();
  if (unknownCodes.waitMs(update.chatId, now) > 0) return null;
  const name = await link(deps, update);
  if (name !== null) return `Linked: alerts for “${name}” come here from now on. Send /stop to end that.`;
  unknownCodes.take(update.chatId, now);
  return (await wasJustLinked(deps.db.sql, lookup(deps, update.chatId)))
    ? 'This chat is linked.'
    : 'This code is not known, or too old. Get a new one on the channel’s page in Farwatch.';
};

/** Only for messages that this very chat got. */
const acknowledge = async (deps: TelegramUpdateDeps, update: Of<'acknowledge'>): Promise<string> => {
  const told = id.test(update.deliveryId) ? await findTold(deps.db.sql, update.deliveryId) : null;
  const theirs = told?.kind === 'telegram' && told.lookup?.equals(lookup(deps, update.chatId)) === true;
  if (!theirs) return 'This message is too old, or it is not this chat’s.';
  const name = update.fromName === '' ? 'somebody in Telegram' : update.fromName;
  const by = { accountId: null, name, via: 'telegram' };
  return acknowledgeSentence(await acknowledgeAll(deps.acknowledge, told, by));
};

/**
 * Does what an update from Telegram asks for. The same one twice changes nothing more. Answers that can't be sent (the
 * chat has gone, the click is old) are not worth more than trying: what they tell has happened. Rejects when the database
 * is away.
 */
export const applyTelegramUpdate = async (
  deps: TelegramUpdateDeps,
  raw: unknown,
  signal: AbortSignal,
): Promise<void> => {
  const update = readTelegramUpdate(raw);
  switch (update.kind) {
    case 'start': {
      const text = await start(deps, update);
      if (text !== null) await deps.api.sendText(update.chatId, text, signal);
      return;
    }
    case 'stop':
      if ((await stopChat(deps.db.sql, lookup(deps, update.chatId))) > 0)
        await deps.api.sendText(update.chatId, 'No more alerts come here.', signal);
      return;
    case 'acknowledge': {
      const text = await acknowledge(deps, update);
      await deps.api.answerCallbackQuery({ callbackId: update.callbackId, text }, signal);
      return;
    }
    case 'other':
      return;
  }
};

/** Whether an update is a click on an alert's button: somebody is waiting for it, at night, and so are others to be called. */
export const isUrgent = (raw: unknown): boolean => readTelegramUpdate(raw).kind === 'acknowledge';
