import type { OtherLook } from '../case.ts';
import type { Cause, Weights } from '../causes.ts';
import type { Clue, Facts, Rule } from './rule.ts';

const near: readonly Cause[] = ['gateway-unreachable', 'blocked', 'edge-tls', 'dns-timeout', 'dns-server-failure'];
const each = (some: readonly Cause[], weight: number): Weights =>
  Object.fromEntries(some.map((cause) => [cause, weight]));
const windowMs = 120_000;

type Counted = Readonly<{ good: ReadonlySet<string>; bad: ReadonlySet<string> }>;
const countBy = (looks: readonly OtherLook[], key: (look: OtherLook) => string | null): Counted => {
  const pick = (wanted: OtherLook['verdict']): ReadonlySet<string> =>
    new Set(looks.filter(({ verdict }) => verdict === wanted).flatMap((look) => key(look) ?? []));
  const bad = pick('bad');
  return { bad, good: new Set([...pick('good')].filter((name) => !bad.has(name))) };
};
const list = (names: ReadonlySet<string>): string => [...names].slice(0, 6).join(', ');

const byRegion = (looks: readonly OtherLook[]): Clue | null => {
  const { good, bad } = countBy(looks, ({ ref }) => ref.region);
  if (bad.size + good.size < 2) return null;
  if (good.size === 0)
    return { text: `all ${bad.size} regions see it`, weights: { ...each(near, 0.6), 'gateway-unreachable': 0.8 } };
  return {
    text: `${list(bad)} see it, ${list(good)} don't`,
    weights: {
      ...each(near, 3),
      'origin-saturated': 1.5,
      'no-live-upstream': 0.5,
      'origin-not-listening': 0.7,
      'certificate-expired': 0.7,
    },
  };
};
const byFamily = (looks: readonly OtherLook[]): Clue | null => {
  const { good, bad } = countBy(looks, ({ ref }) => (ref.family === 'any' ? null : ref.family));
  if (good.size === 0 || bad.size === 0) return null;
  const weights = {
    'gateway-unreachable': 3,
    'gateway-down': 2.5,
    'gateway-config': 2,
    'dns-no-address': 2,
    'edge-tls': 1.5,
  };
  return { text: `only ${list(bad)} fails, ${list(good)} works`, weights };
};
const byAddress = (looks: readonly OtherLook[]): Clue | null => {
  const { good, bad } = countBy(looks, ({ address }) => address);
  if (good.size === 0 || bad.size === 0) return null;
  const weights = {
    'gateway-down': 2.5,
    'gateway-unreachable': 2,
    'gateway-config': 2,
    'origin-saturated': 1.3,
    'no-live-upstream': 0.6,
  };
  return { text: `the address ${list(bad)} fails, ${list(good)} works`, weights };
};

/** Looks of about the same time: what came much earlier or later is another story. */
const read = ({ seen: { look, others } }: Facts): readonly Clue[] => {
  const at = look.ref?.at;
  const beside = at === undefined ? others : others.filter(({ ref }) => Math.abs(ref.at - at) <= windowMs);
  return [byRegion, byFamily, byAddress].flatMap((count) => {
    const clue = count(beside);
    return clue === null ? [] : [clue];
  });
};

/** Whether other regions, addresses and IP families agree. */
export const agreement: Rule = {
  id: 'agreement',
  source: 'gateway-errors: what an outside check can see',
  part: 'weighing',
  read,
};
