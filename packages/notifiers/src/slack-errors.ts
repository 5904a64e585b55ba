/**
 * What to do about a code: `broken` the channel is no good any more · `refused` this message is · `shorten` and
 * `unthread` and `plainer` (without metadata) send it again at once, changed · `later` · `busy` a rate limit.
 */
export type SlackReaction = 'broken' | 'refused' | 'shorten' | 'unthread' | 'plainer' | 'later' | 'busy';

type Entry = readonly [reaction: SlackReaction, advice: string];

const reconnect = 'connect Slack again';
const ours = 'Slack did not understand our message; please report this';
const passing = 'a passing fault at Slack';
const otherChannel = 'choose another channel or ask an admin of the workspace';

/** chat.postMessage and chat.update, as docs.slack.dev lists their errors; the last lines are incoming webhooks. */
const entries: Readonly<Record<string, Entry>> = {
  access_denied: ['broken', 'the app may not use this; ask an admin of the workspace'],
  accesslimited: ['broken', 'the workspace allows apps from certain networks only; ask its admin to allow ours'],
  account_inactive: ['broken', `the bot or its workspace was deleted; ${reconnect}`],
  app_access_expired: ['broken', `the app's access has ended; ${reconnect}`],
  as_user_not_supported: ['refused', ours],
  attachment_payload_limit_exceeded: ['shorten', 'the message is too long'],
  block_mismatch: ['refused', 'the first message cannot be changed'],
  cannot_reply_to_message: ['unthread', 'this message takes no replies'],
  cant_broadcast_message: ['unthread', 'a reply cannot be shown in this channel'],
  cant_update_message: ['refused', 'the first message belongs to another app'],
  channel_is_archived: ['broken', 'the channel is archived; choose another'],
  channel_not_found: ['broken', 'invite the bot to the channel'],
  channel_type_not_supported: ['broken', `apps cannot write to this kind of channel; choose another`],
  deprecated_endpoint: ['later', 'Slack has closed this endpoint; Farwatch needs an update'],
  duplicate_channel_not_found: ['broken', 'choose the channel by its id'],
  edit_window_closed: ['refused', 'the workspace does not let the first message be changed any more'],
  ekm_access_denied: ['broken', 'the admins of the workspace have suspended posting'],
  enterprise_is_restricted: ['broken', `the app cannot post for a whole enterprise; connect one workspace`],
  external_channel_migrating: ['later', 'the channel is being moved'],
  fatal_error: ['later', passing],
  internal_error: ['later', passing],
  invalid_arg_name: ['refused', ours],
  invalid_arguments: ['refused', ours],
  invalid_array_arg: ['refused', ours],
  invalid_attachments: ['refused', ours],
  invalid_auth: ['broken', `the token is wrong; ${reconnect}`],
  invalid_blocks: ['refused', ours],
  invalid_blocks_format: ['refused', ours],
  invalid_charset: ['refused', ours],
  invalid_form_data: ['refused', ours],
  invalid_metadata_format: ['plainer', ours],
  invalid_metadata_schema: ['plainer', ours],
  invalid_post_type: ['refused', ours],
  is_archived: ['broken', 'the channel is archived; choose another'],
  is_inactive: ['broken', 'the channel is frozen, archived or deleted; choose another'],
  markdown_text_conflict: ['refused', ours],
  message_limit_exceeded: ['busy', 'the workspace sends too many messages; Slack asks us to wait'],
  message_not_found: ['unthread', 'the first message was deleted'],
  messages_tab_disabled: ['broken', 'the app takes no direct messages; choose a channel'],
  metadata_must_be_sent_from_app: ['plainer', ours],
  metadata_too_large: ['plainer', ours],
  method_deprecated: ['later', 'Slack has closed this method; Farwatch needs an update'],
  missing_file_data: ['refused', ours],
  missing_post_type: ['refused', ours],
  missing_scope: ['broken', 'the app lacks a permission; add the scope chat:write and connect Slack again'],
  msg_blocks_too_long: ['shorten', 'the message is too long'],
  msg_too_long: ['shorten', 'the message is too long'],
  no_dual_broadcast_content_update: ['refused', ours],
  no_permission: ['broken', 'the bot may not write here; invite it to the channel'],
  no_text: ['refused', ours],
  not_allowed_token_type: ['broken', 'this kind of token cannot post; use a bot token (xoxb-…)'],
  not_authed: ['broken', `no token; ${reconnect}`],
  not_in_channel: ['broken', 'invite the bot to the channel'],
  org_login_required: [
    'broken',
    'the workspace is being moved to an enterprise; connect Slack again when that is done',
  ],
  rate_limited: ['busy', 'too many messages; Slack asks us to wait'],
  ratelimited: ['busy', 'too many messages; Slack asks us to wait'],
  request_timeout: ['later', 'the message did not arrive at Slack in full'],
  restricted_action: ['broken', `a rule of the workspace forbids the bot to post here; ${otherChannel}`],
  restricted_action_non_threadable_channel: ['unthread', 'this channel takes no replies'],
  restricted_action_read_only_channel: ['broken', `the channel is read-only; ${otherChannel}`],
  restricted_action_thread_locked: ['unthread', 'the thread is locked'],
  restricted_action_thread_only_channel: ['broken', `the channel takes replies only; ${otherChannel}`],
  service_unavailable: ['later', passing],
  slack_connect_canvas_sharing_blocked: ['refused', ours],
  slack_connect_file_link_sharing_blocked: ['refused', ours],
  slack_connect_lists_sharing_blocked: ['refused', ours],
  streaming_state_conflict: ['refused', 'the first message cannot be changed'],
  team_access_not_granted: ['broken', `the token does not cover this workspace; ${reconnect}`],
  team_added_to_org: ['later', 'the workspace is being moved to an enterprise'],
  team_not_found: ['broken', `the workspace was not found; ${reconnect}`],
  thread_not_found: ['unthread', 'the first message was deleted'],
  token_expired: ['broken', `the token has expired; ${reconnect}`],
  token_revoked: ['broken', `the app was removed from the workspace; ${reconnect}`],
  too_many_attachments: ['refused', ours],
  too_many_contact_cards: ['refused', ours],
  two_factor_setup_required: ['broken', 'the account behind the token must set up two-factor sign-in'],
  unknown_method: ['later', 'Slack does not know this method; Farwatch needs an update'],
  update_failed: ['refused', 'the first message could not be changed'],
  user_not_found: ['broken', 'the person was not found; choose another channel'],

  action_prohibited: ['broken', `a rule of the workspace forbids this webhook; ${otherChannel}`],
  invalid_payload: ['refused', ours],
  invalid_token: ['broken', 'the webhook URL is wrong or was revoked; make a new one'],
  missing_text_or_fallback_or_attachments: ['refused', ours],
  no_active_hooks: ['broken', 'the webhook is switched off; make a new one'],
  no_service: ['broken', 'the webhook was removed or switched off; make a new one'],
  no_service_id: ['broken', 'the webhook URL is not whole; copy it again'],
  no_team: ['broken', 'the workspace of this webhook is gone; make a new one'],
  posting_to_general_channel_denied: ['broken', `the webhook may not post to #general; ${otherChannel}`],
  rollup_error: ['later', passing],
  team_disabled: ['broken', 'the workspace was closed'],
};

const wrongHook: Entry = ['broken', 'Slack does not take messages at this webhook; make a new one'];
/** The same payload does well elsewhere, so it is the webhook that is of another kind (a workflow's, for one). */
const hookEntries: Readonly<Record<string, Entry>> = { invalid_payload: wrongHook, no_text: wrongHook };

/** Null for a code that is not in the catalogue. */
export const slackError = (
  code: string,
  mode: 'bot' | 'webhook',
): Readonly<{ reaction: SlackReaction; advice: string }> | null => {
  const known = mode === 'webhook' && Object.hasOwn(hookEntries, code) ? hookEntries : entries;
  const entry = Object.hasOwn(known, code) ? known[code] : undefined;
  return entry === undefined ? null : { reaction: entry[0], advice: entry[1] };
};

/** Codes of chat.update after which the news is posted all the same, and the first message stays as it is. */
export const harmlessToUpdate: ReadonlySet<string> = new Set([
  'block_mismatch',
  'cant_update_message',
  'channel_type_not_supported',
  'edit_window_closed',
  'is_inactive',
  'message_not_found',
  'streaming_state_conflict',
  'update_failed',
]);
