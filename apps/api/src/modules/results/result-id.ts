import type { CheckResult } from '@farwatch/domain';

type Key = Pick<CheckResult, 'scheduledAt' | 'region' | 'family'>;

/** The last moment there is, in JavaScript and nearly so in PostgreSQL. */
const latestMs = 8_640_000_000_000_000;

/** Names a result within its monitor: `1764079327120-fra-any`. */
export const resultId = ({ scheduledAt, region, family }: Key): string => `${scheduledAt}-${region}-${family}`;

/** What a result's id names; null when it is none. */
export const readResultId = (id: string): Key | null => {
  const [, at = '', region = '', family = ''] = /^(\d+)-(.+)-(any|ipv4|ipv6)$/u.exec(id) ?? [];
  const known = family === 'any' || family === 'ipv4' || family === 'ipv6';
  return known && Number(at) <= latestMs ? { scheduledAt: Number(at), region, family } : null;
};
