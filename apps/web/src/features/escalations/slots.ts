import type { Choice } from '../../ui/choice.ts';

/** Whom a policy can tell, and by what; the page knows them. */
export type Reachable = Readonly<{
  channels: readonly Choice[];
  people: readonly Choice[];
  schedules: readonly Choice[];
  kinds: readonly Choice[];
}>;
