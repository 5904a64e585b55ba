import type { AddressFamily } from './check-result.ts';

/** What a monitor may be looked at over: whichever family connects first, one alone, or both, a look for each. */
export type WatchedFamily = AddressFamily | 'both';

/** The looks that one slot takes. */
export const familiesOf = (watched: WatchedFamily): readonly AddressFamily[] =>
  watched === 'both' ? ['ipv4', 'ipv6'] : [watched];
