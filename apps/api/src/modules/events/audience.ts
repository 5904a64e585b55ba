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
  /** `payload` as `announceChecks` wrote it; false, and nobody is told, when it isn't. */
  tellChecks: (payload: string) => boolean;
  /** The organisations that have a subscriber. */
  organisations: () => Iterable<string>;
}>;

type Line = readonly [organisationId: string, check: CheckResultView];
const isLine = (line: unknown): line is Line =>
  Array.isArray(line) && typeof line[0] === 'string' && typeof line[1]?.monitorId === 'string';

/** Whoever may connect to the database may notify. Only as much is looked at as must hold for nothing to break here. */
const readLines = (payload: string): readonly Line[] | null => {
  try {
    const lines: unknown = JSON.parse(payload);
    return Array.isArray(lines) && lines.every(isLine) ? lines : null;
  } catch {
    return null; // no JSON
  }
};

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
      if (all.size === 0) return true;
      const lines = readLines(payload);
      for (const [organisationId, check] of lines ?? []) {
        for (const { onCheck } of all.get(organisationId) ?? []) onCheck(check);
      }
      return lines !== null;
    },
  };
};
