import { createHmac, hkdfSync } from 'node:crypto';
import type { ChannelKind } from '@farwatch/contracts';

/** A phone that says STOP means text messages and calls alike. */
const spaceOf = (kind: ChannelKind): string => (kind === 'sms' || kind === 'voice' ? 'phone' : kind);

/**
 * Finds the channel of a reply without keeping phone numbers and chats in the clear: `address` is an E.164 number or a
 * Telegram chat's id. Nobody who reads the database can tell by guessing whose it is.
 */
export const lookupOf = (secret: string, kind: ChannelKind, address: string): Buffer =>
  createHmac('sha256', Buffer.from(hkdfSync('sha256', secret, '', 'farwatch channel lookup', 32)))
    .update(JSON.stringify([spaceOf(kind), address]))
    .digest();

/** Under what a reader's "no more of this" is kept: it is about one organisation, not about everybody who uses us. */
export const mailLookup = (secret: string, organisationId: string, address: string): Buffer =>
  lookupOf(secret, 'email', `${organisationId} ${address.toLowerCase()}`);
