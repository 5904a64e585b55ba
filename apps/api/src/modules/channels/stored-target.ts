import type { ChannelKind } from '@farwatch/contracts';
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Keyring } from '../../keyring.ts';

/** A webhook's signing secret; `until` (epoch ms) = it was replaced and signs along until then. */
const SigningSecret = Type.Object({ secret: Type.String(), until: Type.Union([Type.Number(), Type.Null()]) });

/** Where a channel goes, with its secrets: what is sealed in `channel.sealed` and `delivery.sealed_target`. */
export const StoredTarget = Type.Union([
  Type.Object({ kind: Type.Literal('email'), address: Type.String() }),
  Type.Object({ kind: Type.Literal('sms'), to: Type.String() }),
  Type.Object({ kind: Type.Literal('voice'), to: Type.String() }),
  Type.Object({
    kind: Type.Literal('slack'),
    mode: Type.Literal('bot'),
    token: Type.String(),
    channel: Type.String(),
    signingSecret: Type.Union([Type.String(), Type.Null()]),
  }),
  Type.Object({ kind: Type.Literal('slack'), mode: Type.Literal('webhook'), url: Type.String() }),
  Type.Object({ kind: Type.Literal('discord'), url: Type.String() }),
  Type.Object({ kind: Type.Literal('telegram'), chatId: Type.Union([Type.String(), Type.Null()]) }),
  Type.Object({
    kind: Type.Literal('webhook'),
    url: Type.String(),
    /** Newest first. */
    secrets: Type.Array(SigningSecret),
    headers: Type.Record(Type.String(), Type.String()),
    template: Type.Union([Type.String(), Type.Null()]),
  }),
]);
export type StoredTarget = Static<typeof StoredTarget>;
export type TargetOf<K extends ChannelKind> = Extract<StoredTarget, { kind: K }>;

/** The row that holds it: bound to the ciphertext, so that it opens in no other row and for no other organisation. */
export type TargetPlace = Readonly<{ table: 'channel' | 'delivery'; organisationId: string; rowId: string }>;

const wire = Compile(StoredTarget);

export const sealTarget = (keyring: Keyring, place: TargetPlace, target: StoredTarget): string =>
  keyring.seal(JSON.stringify(target), place);

/** Throws the keyring's SealError when it can't be opened; an error without content when it holds something else. */
export const openTarget = (keyring: Keyring, place: TargetPlace, sealed: string): StoredTarget => {
  const target: unknown = JSON.parse(keyring.open(sealed, place));
  if (!wire.Check(target)) throw new Error(`openTarget: ${place.table} ${place.rowId} holds no target`);
  return target;
};
