type Entry = readonly [broken: boolean, advice: string];

const remake = 'make a new webhook in the settings of the channel';
const ours = 'Discord did not understand our message; please report this';

/** Codes of JSON answers to webhooks, as docs.discord.com lists them (topics/opcodes-and-status-codes). */
const entries: Readonly<Record<string, Entry>> = {
  0: [true, `Discord refused this webhook; ${remake}`],
  10003: [true, `the channel or thread was deleted; ${remake}`],
  10004: [true, 'the server was deleted'],
  10008: [false, 'the first message was deleted'],
  10015: [true, `the webhook was deleted; ${remake}`],
  30046: [false, 'the first message was changed too often'],
  40005: [false, ours],
  40062: [false, 'the server is being moved'],
  40333: [false, ours],
  50001: [true, `the webhook may not write here; ${remake}`],
  50005: [false, 'the first message was written by somebody else'],
  50006: [false, ours],
  50008: [true, 'messages cannot be sent to this kind of channel; choose another'],
  50013: [true, `the webhook may not write here; ${remake}`],
  50027: [true, `the webhook's URL is wrong or was replaced; ${remake}`],
  50035: [false, ours],
  50068: [false, ours],
  50083: [true, 'the thread is archived; open it again or choose another channel'],
  50109: [false, ours],
  160005: [true, 'the thread is locked; choose another channel'],
  200000: [false, 'AutoMod of this server stopped the message; let the webhook through'],
  200001: [false, 'AutoMod of this server stopped the message; let the webhook through'],
  220001: [true, 'this is a forum: add ?thread_id=<id of a post> to the webhook URL'],
  220003: [true, 'this is no forum, but the webhook URL names a post; copy the URL again'],
};

/** Null for a code that is not in the catalogue. */
export const discordError = (code: string): Readonly<{ broken: boolean; advice: string }> | null => {
  const entry = Object.hasOwn(entries, code) ? entries[code] : undefined;
  return entry === undefined ? null : { broken: entry[0], advice: entry[1] };
};
