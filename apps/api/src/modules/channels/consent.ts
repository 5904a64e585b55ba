import { randomBytes } from 'node:crypto';
import type { Sql } from '../../db.ts';
import { forget, isOptedOut, leaveReason, lockAddress, stopReason } from './opt-out.ts';
import { isOwnAddress, isReader } from './own-address.ts';
import type { ChannelFields } from './store.ts';
import type { StoredTarget } from './stored-target.ts';
import { requireVerifiedOwner } from './verified-owner.ts';

/** Whether somebody there has agreed, and how they can. */
export type Consent = Pick<ChannelFields, 'status' | 'statusReason' | 'linkCode' | 'linkExpiresAt'>;

const linkMs = 24 * 3_600_000;
export const active: Consent = { status: 'active', statusReason: null, linkCode: null, linkExpiresAt: null };

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
  /** What a refusal is kept under. */
  lookup: Buffer | null;
  now: number;
}>;

type Mailed = Pick<Asked, 'organisationId' | 'accountId' | 'lookup'> & Readonly<{ address: string }>;

/** Who has unsubscribed is not written to again because the channel is a new one, unless they add it themselves. */
const mailConsent = async (tx: Sql, { lookup, ...asked }: Mailed): Promise<Consent> => {
  if (lookup !== null) {
    await lockAddress(tx, lookup);
    if (await isReader(tx, asked.accountId, asked.address)) await forget(tx, lookup);
    else if (await isOptedOut(tx, lookup)) return { ...active, status: 'stopped', statusReason: leaveReason };
  }
  return (await isOwnAddress(tx, asked))
    ? active
    : { ...active, status: 'unconfirmed', statusReason: 'nobody at this address has agreed yet' };
};

/** The consent that a new address has: part of the transaction that saves it. Throws 409 for a phone nobody may ask. */
export const consentOf = async (tx: Sql, { target, lookup, now, ...who }: Asked): Promise<Consent> => {
  switch (target.kind) {
    case 'email':
      return mailConsent(tx, { ...who, address: target.address, lookup });
    case 'telegram':
      return unlinked(now);
    case 'sms':
    case 'voice':
      await requireVerifiedOwner(tx, who.organisationId, target.kind);
      if (lookup === null) return active;
      await lockAddress(tx, lookup);
      return (await isOptedOut(tx, lookup)) ? { ...active, status: 'stopped', statusReason: stopReason } : active;
    case 'slack':
    case 'discord':
    case 'webhook':
      return active;
  }
};
