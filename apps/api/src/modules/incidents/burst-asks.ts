import type { ConfirmCheck } from '@farwatch/contracts';
import { burstEndsAt, type MonitorState } from '@farwatch/domain';
import type { Watched } from '../monitors/state-store.ts';

/**
 * While an incident is fresh its monitor is looked at more often; all its regions hear when that begins, and ends. Sent
 * with the confirmations, after the commit: what is lost on the way costs exactness and nothing else. A probe that does not
 * know bursts takes a begin for one look, and drops an end, which has expired.
 */
export const burstAsks = (
  { monitorId, policy: { regions } }: Watched,
  before: Pick<MonitorState, 'incident'>,
  after: Pick<MonitorState, 'incident' | 'endedAt'>,
  now: number,
): readonly ConfirmCheck[] => {
  const ask = (kind: 'begin' | 'end', startedAt: number, expiresAt: number): readonly ConfirmCheck[] =>
    regions.map((region) => ({
      ...{ monitorId, region, trigger: 'confirmation', scheduledAt: now, expiresAt },
      burst: { kind, startedAt, regions: [...regions] },
    }));
  const was = before.incident?.startedAt;
  const is = after.incident?.startedAt;
  if (is === undefined) return was === undefined ? [] : ask('end', Math.max(was, after.endedAt), now);
  return is === was || now >= burstEndsAt(is) ? [] : ask('begin', is, burstEndsAt(is));
};
