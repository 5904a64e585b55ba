import type { PolicyPreview } from '@farwatch/contracts';
import { type CheckResult, cutShort, isBeyond, isGivenUp, type Policy, sparser } from '@farwatch/domain';

type Caveat = PolicyPreview['caveats'][number];
type Made = Readonly<{
  looks: readonly CheckResult[];
  /** What they are judged by: a rhythm that can't be replayed is left as it was. */
  policy: Policy;
  caveats: readonly Caveat[];
}>;

const lengthText = (ms: number): string => `${ms / 1_000} s`;
const counted = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

const timed = (looks: readonly CheckResult[], present: Policy, wanted: Policy): Omit<Made, 'policy'> => {
  const { timeoutMs } = wanted;
  if (timeoutMs < present.timeoutMs) {
    // What failed anyway would only have failed sooner.
    const beyond = looks.filter((look) => look.outcome.verdict !== 'down' && isBeyond(look, timeoutMs)).length;
    const summary = `${counted(beyond, 'look', 'looks')} took longer than ${lengthText(timeoutMs)} and would have failed.`;
    return { looks: cutShort(looks, timeoutMs), caveats: [{ what: 'shorter-timeout', looks: beyond, summary }] };
  }
  const givenUp = looks.filter((look) => isGivenUp(look, timeoutMs)).length;
  if (timeoutMs === present.timeoutMs || givenUp === 0) return { looks, caveats: [] };
  const summary = `${counted(givenUp, 'look was', 'looks were')} given up sooner than after ${lengthText(timeoutMs)}: whether an answer would have come can’t be known, so that counts as failed.`;
  return { looks, caveats: [{ what: 'longer-timeout', looks: givenUp, summary }] };
};

const sooner = (present: Policy, wanted: Policy): Caveat => ({
  ...{ what: 'shorter-interval', looks: 0 },
  summary: `A shorter interval finds a failure up to ${lengthText(present.intervalMs - wanted.intervalMs)} sooner, and some that nobody saw: what looks between would have seen can’t be known, so only the looks that were made are replayed.`,
});

const thinned = (looks: readonly CheckResult[], monitorId: string, wanted: Policy): Omit<Made, 'policy'> => {
  const kept = sparser(monitorId, looks, wanted);
  // Those of a region that is given up are no matter of rhythm.
  const left = looks.filter(({ region }) => wanted.regions.includes(region)).length - kept.length;
  const summary = `${counted(left, 'look that this rhythm would not have made is', 'looks that this rhythm would not have made are')} left out.`;
  return { looks: kept, caveats: [{ what: 'longer-interval', looks: left, summary }] };
};

/** The looks as they would have been by the wanted settings, as far as those that were made can tell. */
export const looksBy = (monitorId: string, made: readonly CheckResult[], present: Policy, wanted: Policy): Made => {
  const { looks, caveats } = timed(made, present, wanted);
  if (wanted.intervalMs < present.intervalMs) {
    const policy = { ...wanted, intervalMs: present.intervalMs };
    return { looks, policy, caveats: [...caveats, sooner(present, wanted)] };
  }
  if (wanted.intervalMs === present.intervalMs) return { looks, policy: wanted, caveats };
  const thin = thinned(looks, monitorId, wanted);
  return { looks: thin.looks, policy: wanted, caveats: [...caveats, ...thin.caveats] };
};
