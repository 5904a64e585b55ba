import type { getMe, ReplyOf } from '@farwatch/contracts';
import { browserZone, knowsZone } from '../ui/zone.ts';

/** The person's zone, else the organisation's, else the browser's. */
export const zoneOf = ({ account, organisation }: ReplyOf<typeof getMe>): string => {
  const zone = account?.timeZone ?? organisation.timeZone;
  return knowsZone(zone) ? zone : browserZone;
};
