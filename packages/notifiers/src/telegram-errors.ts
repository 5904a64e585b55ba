/**
 * `broken` the chat is no good any more · `refused` this message is · `plain` and `linkless` send it again at once, as
 * plain text or without the button that is a link.
 */
export type TelegramReaction = 'broken' | 'refused' | 'plain' | 'linkless';

type Entry = readonly [said: RegExp, reaction: TelegramReaction, advice: string];

const invite = 'add the bot to the chat again, or choose another chat';
const ours = 'Telegram did not understand our message; please report this';

/** Telegram has no codes but the status: descriptions as the Bot API server writes them, the first that fits. */
const entries: readonly Entry[] = [
  [/can't parse entities|can't find end|unsupported start tag/iu, 'plain', 'the formatting was refused'],
  [/BUTTON_URL_INVALID|button URL|wrong http url/iu, 'linkless', 'Telegram does not take this address for a link'],
  [/bot was blocked by the user/iu, 'broken', 'unblock the bot in Telegram, then link the chat again'],
  [/user is deactivated/iu, 'broken', 'the account was deleted; link another chat'],
  [/bot was kicked/iu, 'broken', invite],
  [/bot is not a member/iu, 'broken', invite],
  [/group chat was (?:deleted|deactivated)|chat was deleted/iu, 'broken', 'the group was deleted; link another chat'],
  [/can't initiate conversation/iu, 'broken', 'start the bot in Telegram, then link the chat again'],
  [/can't send messages to (?:bots|the user)/iu, 'broken', 'link the chat of a person or a group'],
  [/chat not found|peer_id_invalid|user not found/iu, 'broken', 'the chat was not found; link it again'],
  [
    /not enough rights|have no rights|need administrator rights|chat_write_forbidden|chat_restricted/iu,
    'broken',
    'let the bot write in this chat',
  ],
  [/chat_admin_required/iu, 'broken', 'make the bot an admin of the channel'],
  [/topic_(?:closed|deleted)|message thread not found/iu, 'broken', 'the topic was closed; link the chat again'],
  [/message is too long/iu, 'refused', ours],
  [/message text is empty/iu, 'refused', ours],
  [/button_data_invalid|reply_markup_too_long|can't parse/iu, 'refused', ours],
];

/** Null for a description that is not in the catalogue. */
export const telegramError = (description: string): Readonly<{ reaction: TelegramReaction; advice: string }> | null => {
  const entry = entries.find(([said]) => said.test(description));
  return entry === undefined ? null : { reaction: entry[1], advice: entry[2] };
};
