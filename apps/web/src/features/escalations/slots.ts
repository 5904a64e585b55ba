import type { AlertChange } from '@farwatch/contracts';
import type { ComponentType, ReactNode } from 'react';
import type { Choice } from '../../ui/choice.ts';

export type KindChoice = Choice & Readonly<{ icon: ComponentType<{ size?: number | string }> }>;
export type ReachableChannel = Choice & Readonly<{ kind: string; ownerId: string | null }>;
export type ReachableSchedule = Choice & Readonly<{ onCall: string | null }>;

/** Whom a policy can tell, and by what; the page knows them. */
export type Reachable = Readonly<{
  /** `unknown`: they could not be loaded, so nothing can be said of what is missing. */
  state: 'pending' | 'known' | 'unknown';
  channels: readonly ReachableChannel[];
  people: readonly Choice[];
  schedules: readonly ReachableSchedule[];
  kinds: readonly KindChoice[];
}>;

/** What of a monitor decides which policy it follows. */
export type Follower = Readonly<{ id: string; policyId: string | null; tags: readonly string[] }>;

/** What a change would have come to; null while the form says nothing that could be saved. */
export type PreviewSlot = (change: AlertChange | null) => ReactNode;

export type PolicySlots = Readonly<{
  reachable: Reachable;
  /** Null while they are not known. */
  monitors: readonly Follower[] | null;
  preview: PreviewSlot;
}>;
