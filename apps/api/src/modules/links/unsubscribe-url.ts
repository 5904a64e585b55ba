import { signLink } from './token.ts';

/**
 * What `List-Unsubscribe` names (RFC 8058): a mail program posts to it; one that opens it instead is sent to the page
 * that asks first. `target` is the channel's, as people see it.
 */
export const unsubscribeUrl = (
  publicUrl: string,
  secret: string,
  { channelId, target }: Readonly<{ channelId: string; target: string }>,
): string => `${publicUrl}/v1/unsubscribe/${signLink(secret, { purpose: 'unsubscribe', channelId, target })}`;
