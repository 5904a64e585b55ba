import type { ChannelKind, ChannelStatus, ChannelView, LastDelivery, QuietHours } from '@farwatch/contracts';

/** What else may be seen of a target. `mode` is Slack's alone. */
export type ChannelSettings = Readonly<{
  template?: string | null;
  headerNames?: readonly string[];
  mode?: 'bot' | 'webhook';
}>;

/** A `channel` row as `channelColumns` reads it. `sealed` and `secret` never leave this process. */
export type ChannelRow = Readonly<{
  id: string;
  organisationId: string;
  accountId: string | null;
  name: string;
  kind: ChannelKind;
  /** Where it goes, as far as people may see. */
  target: string;
  settings: ChannelSettings;
  sealed: string | null;
  /** Of before there was encryption; null once it is sealed. */
  secret: string | null;
  status: ChannelStatus;
  statusReason: string | null;
  statusSince: Date;
  quietHours: QuietHours | null;
  holdUntil: Date | null;
  linkCode: string | null;
  linkExpiresAt: Date | null;
  /** What a reply is found by: a phone's or a chat's HMAC. */
  lookup: Buffer | null;
  createdAt: Date;
  updatedAt: Date;
}>;

export const channelColumns = `
  id, organisation_id AS "organisationId", account_id AS "accountId", name, kind, target, settings, sealed, secret,
  status, status_reason AS "statusReason", status_since AS "statusSince", quiet_hours AS "quietHours",
  hold_until AS "holdUntil", link_code AS "linkCode", link_expires_at AS "linkExpiresAt", lookup,
  created_at AS "createdAt", updated_at AS "updatedAt"`;

/** `https://hooks.example.com/…`: where it goes, without what lets one post there. */
export const maskUrl = (url: string): string => `${URL.parse(url)?.origin ?? ''}/…`;

/**
 * What a view needs besides the row. `botName` is Telegram's, null while it is not known. A start code is shown to those
 * alone who may change the channel (`writes`): whoever uses it takes its alerts to a chat of their own.
 */
export type ViewGround = Readonly<{
  publicUrl: string;
  botName: string | null;
  writes: boolean;
  now: number;
  lastDelivery: LastDelivery | null;
}>;

/** The start code as a link, while it can still be used. */
const linkUrlOf = ({ linkCode, linkExpiresAt }: ChannelRow, { botName, writes, now }: ViewGround): string | null =>
  !writes || botName === null || linkCode === null || linkExpiresAt === null || linkExpiresAt.getTime() <= now
    ? null
    : `https://t.me/${botName}?start=${linkCode}`;

/** An old webhook's `target` is still its whole URL until it is sealed. */
const shownTarget = ({ kind, sealed, target }: ChannelRow): string =>
  kind === 'webhook' && sealed === null ? maskUrl(target) : target;

export const channelView = (row: ChannelRow, ground: ViewGround): ChannelView => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  target: shownTarget(row),
  status: row.status,
  statusReason: row.statusReason,
  statusSince: row.statusSince.toISOString(),
  accountId: row.accountId,
  quietHours: row.quietHours,
  holdUntil: row.holdUntil?.toISOString() ?? null,
  linkUrl: linkUrlOf(row, ground),
  interactionUrl: row.settings.mode === 'bot' ? `${ground.publicUrl}/v1/inbound/slack/${row.id}` : null,
  template: row.settings.template ?? null,
  headerNames: [...(row.settings.headerNames ?? [])],
  lastDelivery: ground.lastDelivery,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});
