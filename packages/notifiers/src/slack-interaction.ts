import { createHmac, timingSafeEqual } from 'node:crypto';
import { isObject, jsonObject, textAt } from './post-json.ts';

/** What Slack's request carries in `X-Slack-Request-Timestamp`, `X-Slack-Signature` and its body as it came. */
export type SlackSigned = Readonly<{
  signingSecret: string;
  timestamp: string | undefined;
  signature: string | undefined;
  rawBody: string;
  /** Epoch milliseconds. */
  now: number;
}>;

/** Older calls may be replays. */
const windowS = 300;

/** Whether Slack sent this, within the last five minutes (signature version v0). */
export const verifySlackSignature = ({ signingSecret, timestamp, signature, rawBody, now }: SlackSigned): boolean => {
  if (signingSecret === '' || signature === undefined || !/^\d{1,12}$/u.test(timestamp ?? '')) return false;
  if (Math.abs(now / 1_000 - Number(timestamp)) > windowS) return false;
  const expected = Buffer.from(
    `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${rawBody}`).digest('hex')}`,
  );
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
};

export type SlackInteraction = Readonly<{
  deliveryId: string;
  userId: string;
  userName: string;
  channelId: string;
  /** Where the person who clicked can be answered, for half an hour. */
  responseUrl?: string;
}>;

/** The click on our Acknowledge button in a form body; null for every other call (links report their clicks, too). */
export const readSlackInteraction = (rawBody: string): SlackInteraction | null => {
  const payload = jsonObject(new URLSearchParams(rawBody).get('payload') ?? '');
  if (payload === null || payload.type !== 'block_actions' || !Array.isArray(payload.actions)) return null;
  const action = payload.actions.find((one) => isObject(one) && one.action_id === 'acknowledge');
  const deliveryId = /^ack:([\w-]{1,64})$/u.exec(textAt(action, 'value') ?? '')?.[1];
  const userId = textAt(payload, 'user', 'id');
  const channelId = textAt(payload, 'channel', 'id') ?? textAt(payload, 'container', 'channel_id');
  if (deliveryId === undefined || userId === undefined || channelId === undefined) return null;
  const userName = textAt(payload, 'user', 'name') ?? textAt(payload, 'user', 'username') ?? userId;
  const responseUrl = textAt(payload, 'response_url');
  return { deliveryId, userId, userName, channelId, ...(responseUrl === undefined ? {} : { responseUrl }) };
};
