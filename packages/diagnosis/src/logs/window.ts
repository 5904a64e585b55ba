/** What is known of an incident that a log is read against. Moments are epoch ms. */
export type LogIncident = Readonly<{
  startedAt: number;
  /** Null = it goes on. */
  resolvedAt: number | null;
  /** The last good check before it: it began after that. Left out = 30 s before the first failing one. */
  lastGoodAt?: number | null;
  spans: readonly Readonly<{ region: string; startedAt: number; endedAt: number | null }>[];
  /** Failing checks, at most some thousands: lines beside them are the ones that they caused. */
  looks: readonly Readonly<{ region: string; at: number }>[];
}>;

/** From when to when lines count as the incident's. */
export type Window = Readonly<{ from: number; to: number }>;

const leadMs = 30_000;
/** Clocks and logs are a little off. */
const slackMs = 2_000;
const openMs = 3_600_000;

export const windowOf = ({ startedAt, resolvedAt, lastGoodAt = null, spans, looks }: LogIncident): Window => {
  const begins = spans.map((span) => span.startedAt).reduce((a, b) => Math.min(a, b), startedAt);
  const newest = looks.map(({ at }) => at).reduce((a, b) => Math.max(a, b), startedAt);
  return { from: (lastGoodAt ?? begins - leadMs) - slackMs, to: (resolvedAt ?? newest + openMs) + slackMs };
};

/** The regions with a failing check within two seconds of a moment. `byMs` is in the order of time. */
export const regionsBeside = (at: number, looks: LogIncident['looks']): readonly string[] => {
  const beside = looks.filter((look) => Math.abs(look.at - at) <= slackMs);
  return [...new Set(beside.map(({ region }) => region))];
};
