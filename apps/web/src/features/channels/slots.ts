import type { LastDelivery, QuietHours } from '@farwatch/contracts';
import type { ReactNode } from 'react';
import type { Choice } from '../../ui/choice.ts';

export type QuietHoursSlot = Readonly<{
  value: QuietHours | null;
  onChange: (value: QuietHours | null) => void;
  description: string;
  error?: string | undefined;
  /** Of which channel; absent = it is not made yet. */
  channelId?: string | undefined;
  /** As they are now, before anything was changed here. */
  saved: QuietHours | null;
}>;

/** What channels show of other things; the page puts it in. */
export type ChannelSlots = Readonly<{
  people: readonly Choice[];
  /** How the delivery of a test is getting on. */
  outcome: (deliveryId: string) => ReactNode;
  /** What came of the newest delivery to it. */
  lastDelivery: (last: LastDelivery | null, channelId: string) => ReactNode;
  /** What would be told less without it: the policies that name it. */
  losses: (channelId: string) => ReactNode;
  quietHours: (field: QuietHoursSlot) => ReactNode;
  quietHoursFault: (value: QuietHours | null) => string | null;
}>;
