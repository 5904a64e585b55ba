import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/**
 * What a link in a message may do. `acknowledge`: the incidents that the delivery's message told of. `confirm` and
 * `unsubscribe`: the channel, as long as it goes to the same place (`target`, as people see it).
 */
export type LinkPurpose =
  | Readonly<{ purpose: 'acknowledge'; deliveryId: string }>
  | Readonly<{ purpose: 'confirm' | 'unsubscribe'; channelId: string; target: string }>;

const letters = { acknowledge: 'a', confirm: 'c', unsubscribe: 'u' } as const;

const signatureOf = (secret: string, payload: string): Buffer =>
  createHmac('sha256', Buffer.from(hkdfSync('sha256', secret, '', 'farwatch links', 32)))
    .update(payload)
    .digest()
    .subarray(0, 16);

/** `<payload>.<128-bit HMAC>`, both base64url: nobody makes one who doesn't hold the installation's secret. */
export const signLink = (secret: string, link: LinkPurpose): string => {
  const parts =
    link.purpose === 'acknowledge'
      ? [letters[link.purpose], link.deliveryId]
      : [letters[link.purpose], link.channelId, link.target];
  const payload = Buffer.from(JSON.stringify(parts)).toString('base64url');
  return `${payload}.${signatureOf(secret, payload).toString('base64url')}`;
};

const purposeOf = (parts: unknown): LinkPurpose | null => {
  if (!Array.isArray(parts) || !parts.every((part): part is string => typeof part === 'string')) return null;
  const [letter, id = '', target = ''] = parts;
  switch (letter) {
    case 'a':
      return { purpose: 'acknowledge', deliveryId: id };
    case 'c':
      return { purpose: 'confirm', channelId: id, target };
    case 'u':
      return { purpose: 'unsubscribe', channelId: id, target };
    default:
      return null;
  }
};

/** What a token is for; null when it isn't one of ours. Never throws. */
export const readLink = (secret: string, token: string): LinkPurpose | null => {
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
