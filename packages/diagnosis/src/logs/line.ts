import type { Cause } from '../causes.ts';
import type { LogFormat } from './reading.ts';

/** A line that was understood. */
export type Line = Readonly<{
  format: LogFormat;
  /** Epoch ms by the log's own clock, read as UTC; null = it bears no time. */
  at: number | null;
  /** Null = it is understood and names no cause. */
  cause: Cause | null;
  /** Its time names its zone: no shift is looked for. */
  isAbsolute?: boolean;
  upstream: string | null;
  /** Causes that this line can't tell from its own. */
  alike?: readonly Cause[];
  /** It only repeats what another line says better: counts where there is no other. */
  isEcho?: boolean;
}>;

/** Reads one line of a format; null = it is none of its lines. */
export type LineReader = (text: string) => Line | null;

/** What words in a line mean; the first that fits is taken. */
export type Meaning = Readonly<{ of: RegExp; cause: Cause | null; isEcho?: boolean }>;
export const meaningOf = (text: string, meanings: readonly Meaning[]): Meaning | null =>
  meanings.find(({ of }) => of.test(text)) ?? null;

const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';
/** From 0; -1 = none. */
export const monthOf = (name: string): number => {
  const place = months.indexOf(name);
  return place < 0 || place % 3 !== 0 ? -1 : place / 3;
};

/** `host:port` or `unix:/path` of what a gateway calls its upstream. */
export const upstreamOf = (text: string): string | null => {
  const unix = /unix:([^\s:"|]{1,200})/u.exec(text)?.[1];
  if (unix !== undefined) return `unix:${unix}`;
  const bare = text.replace(/^[a-z0-9+]{2,12}:\/\//u, '');
  const host = /^(?:\[[0-9a-f:.]{2,45}\]|[\w.-]{1,253})(?::\d{1,5})?/iu.exec(bare)?.[0];
  return host === undefined || host === '' ? null : host;
};
