import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/**
 * The channel, as long as it goes to the same place (`target`, as people see it). With its organisation the link also
 * works for the channel that took its place there after its reader had stopped it.
 */
type ChannelLink = Readonly<{
  purpose: 'confirm' | 'unsubscribe';
  channelId: string;
  target: string;
  organisationId?: string;
}>;
/** What a link in a message may do. `acknowledge`: the incidents that the delivery's message told of, at `target`. */
export type LinkPurpose = Readonly<{ purpose: 'acknowledge'; deliveryId: string; target: string }> | ChannelLink;
/** The same as it is read: `place` is `placeOf` the target. */
export type Link = Readonly<{ purpose: 'acknowledge'; deliveryId: string; place: string }> | ChannelLink;

const letters = { acknowledge: 'a', confirm: 'c', unsubscribe: 'u' } as const;

const hmacOf = (secret: string, use: string, text: string): Buffer =>
  createHmac('sha256', Buffer.from(hkdfSync('sha256', secret, '', use, 32)))
    .update(text)
    .digest();
const signatureOf = (secret: string, payload: string): Buffer =>
  hmacOf(secret, 'farwatch links', payload).subarray(0, 16);

/** Tells one place from another, in a link that has to fit into a text message and says nothing of where it went. */
export const placeOf = (secret: string, target: string): string =>
  hmacOf(secret, 'farwatch link places', target).subarray(0, 6).toString('base64url');

/** `<payload>.<128-bit HMAC>`, both base64url: nobody makes one who doesn't hold the installation's secret. */
export const signLink = (secret: string, link: LinkPurpose): string => {
  const parts =
    link.purpose === 'acknowledge'
      ? [letters[link.purpose], link.deliveryId, placeOf(secret, link.target)]
      : [letters[link.purpose], link.channelId, link.target, ...(link.organisationId ? [link.organisationId] : [])];
  const payload = Buffer.from(JSON.stringify(parts)).toString('base64url');
  return `${payload}.${signatureOf(secret, payload).toString('base64url')}`;
};

const purposeOf = (parts: unknown): Link | null => {
  if (!Array.isArray(parts) || !parts.every((part): part is string => typeof part === 'string')) return null;
  const [letter, id = '', target = '', organisationId] = parts;
  const of = { channelId: id, target, ...(organisationId === undefined ? {} : { organisationId }) };
  switch (letter) {
    case 'a':
      return { purpose: 'acknowledge', deliveryId: id, place: target };
    case 'c':
      return { purpose: 'confirm', ...of };
    case 'u':
      return { purpose: 'unsubscribe', ...of };
    default:
      return null;
  }
};

/** What a token is for; null when it isn't one of ours. Never throws. */
export const readLink = (secret: string, token: string): Link | null => {
  const [payload = '', signature = '', rest] = token.split('.');
  // As text: base64url has several spellings of the same bytes, and one token is enough.
  const given = Buffer.from(signature);
  const real = Buffer.from(signatureOf(secret, payload).toString('base64url'));
  if (rest !== undefined || given.length !== real.length || !timingSafeEqual(given, real)) return null;
  try {
    return purposeOf(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  } catch {
    return null; // signed by us, so this can't be: but a link is never worth a crash
  }
};

/** Where a link of a message leads to. */
export const linkUrl = (publicUrl: string, secret: string, link: LinkPurpose): string =>
  `${publicUrl}/l/${signLink(secret, link)}`;
