import type { ChannelView } from '@farwatch/contracts';

/** A `channel` row as `channelColumns` reads it; without the signing secret, which no view needs. */
export type ChannelRow = Readonly<{
  id: string;
  organisationId: string;
  name: string;
  kind: 'email' | 'webhook';
  /** The mail address or the webhook's URL, which is a secret. */
  target: string;
  createdAt: Date;
  updatedAt: Date;
}>;

export const channelColumns = `
  id, organisation_id AS "organisationId", name, kind, target, created_at AS "createdAt", updated_at AS "updatedAt"`;

/** `https://hooks.example.com/…`: where it goes, without what lets one post there. */
export const maskUrl = (url: string): string => `${URL.parse(url)?.origin ?? ''}/…`;

export const channelView = (row: ChannelRow): ChannelView => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  target: row.kind === 'webhook' ? maskUrl(row.target) : row.target,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});
