import type { CheckResultView } from '@farwatch/contracts';
import type { StoredEvent } from './store.ts';

/** Whoever watches one organisation. Both are called in order and must not throw. */
export type Subscriber = Readonly<{
  organisationId: string;
  onEvent: (event: StoredEvent) => void;
  onCheck: (check: CheckResultView) => void;
}>;
export type Audience = Readonly<{
  /** Answers what ends it. */
  add: (subscriber: Subscriber) => () => void;
  tell: (event: StoredEvent) => void;
  /** `payload` as `announceChecks` wrote it. */
  tellChecks: (payload: string) => void;
  /** The organisations that have a subscriber. */
  organisations: () => Iterable<string>;
}>;

/** Subscribers by organisation: nobody hears of another's. */
export const openAudience = (): Audience => {
  const all = new Map<string, Set<Subscriber>>();
  return {
    add: (subscriber) => {
      const { organisationId } = subscriber;
      const those = all.get(organisationId) ?? new Set();
      all.set(organisationId, those.add(subscriber));
      return () => {
        those.delete(subscriber);
        if (those.size === 0 && all.get(organisationId) === those) all.delete(organisationId);
      };
    },
    tell: (event) => {
      for (const { onEvent } of all.get(event.organisationId) ?? []) onEvent(event);
    },
    organisations: () => all.keys(),
    tellChecks: (payload) => {
      if (all.size === 0) return;
      const checks = JSON.parse(payload) as [string, CheckResultView][]; // written by announceChecks alone
      for (const [organisationId, check] of checks) {
        for (const { onCheck } of all.get(organisationId) ?? []) onCheck(check);
      }
    },
  };
};
