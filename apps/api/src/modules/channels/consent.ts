import { randomBytes } from 'node:crypto';
import type { Sql } from '../../db.ts';
import { isOptedOut, lockPhone, stopReason } from './opt-out.ts';
import { isOwnAddress } from './own-address.ts';
import type { ChannelFields } from './store.ts';
import type { StoredTarget } from './stored-target.ts';
import { requireVerifiedOwner } from './verified-owner.ts';

/** Whether somebody there has agreed, and how they can. */
export type Consent = Pick<ChannelFields, 'status' | 'statusReason' | 'linkCode' | 'linkExpiresAt'>;

const linkMs = 24 * 3_600_000;
const active: Consent = { status: 'active', statusReason: null, linkCode: null, linkExpiresAt: null };

/** A start code: 128 bits in the letters that Telegram passes on. */
export const unlinked = (now: number): Consent => ({
  status: 'unconfirmed',
  statusReason: 'nobody has pressed Start in Telegram yet',
  linkCode: randomBytes(16).toString('base64url'),
  linkExpiresAt: now + linkMs,
});

type Asked = Readonly<{
  organisationId: string;
  /** Who asks; null when a program does. */
  accountId: string | null;
  target: StoredTarget;
  lookup: Buffer | null;
  now: number;
}>;

/** The consent that a new address has: part of the transaction that saves it. Throws 409 for a phone nobody may ask. */
export const consentOf = async (tx: Sql, { target, lookup, now, ...who }: Asked): Promise<Consent> => {
  switch (target.kind) {
    case 'email':
      return (await isOwnAddress(tx, { ...who, address: target.address }))
        ? active
        : { ...active, status: 'unconfirmed', statusReason: 'nobody at this address has agreed yet' };
    case 'telegram':
      return unlinked(now);
    case 'sms':
    case 'voice':
      await requireVerifiedOwner(tx, who.organisationId, target.kind);
      if (lookup === null) return active;
      await lockPhone(tx, lookup);
      return (await isOptedOut(tx, lookup)) ? { ...active, status: 'stopped', statusReason: stopReason } : active;
    case 'slack':
    case 'discord':
    case 'webhook':
      return active;
  }
};
