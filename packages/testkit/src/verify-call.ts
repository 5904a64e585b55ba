import { Webhook } from 'standardwebhooks';
import type { WebhookCall } from './webhook-sink.ts';

const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;

/** The body of a call whose signature Standard Webhooks' reference library accepts; throws when it doesn't. */
export const verifyCall = ({ headers, body }: Pick<WebhookCall, 'headers' | 'body'>, secret: string): unknown =>
  new Webhook(secret).verify(body, Object.fromEntries(names.map((name) => [name, String(headers[name])])));
