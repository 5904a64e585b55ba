import type { Heard, Item, Told } from './heard.ts';

export type Verdict = Readonly<{
  counts: Readonly<Record<string, number>>;
  /** What a guarantee was broken by, one line each. */
  broken: readonly string[];
}>;

const overtaken = 'told together with its recovery';

/** The messages without those that a channel has had already, under the same identity. */
export const withoutRepeats = (heard: readonly Heard[]) => {
  const seen = new Set<string>();
  const first: Heard[] = [];
  const repeats: Heard[] = [];
  for (const one of heard) {
    const key = `${one.channelId} ${one.identity}`;
    (seen.has(key) ? repeats : first).push(one);
    seen.add(key);
  }
  return { first, repeats };
};

const keyOf = (channelId: string, name: string): string => `${channelId} ${name}`;
const words = ({ deliveryId, name, tone, status, reason, attempts }: Told): string =>
  `${name} ${tone} (${deliveryId}, ${status}${reason === null ? '' : `: ${reason}`}, ${attempts} attempts)`;

/** Takes what one message says of a monitor off what its channel still has to hear; answers what is wrong with it. */
const take = (due: Told[], items: readonly Item[]): string | null => {
  const left = items.map(({ tone }) => tone);
  while (left.length > 0) {
    const [next] = due;
    const at = next === undefined ? -1 : left.indexOf(next.tone);
    if (next === undefined) return `${left.join(', ')} was told once more under another id`;
    if (at < 0 && next.status !== 'dropped') return `${left.join(', ')} was told before ${words(next)}`;
    if (at >= 0) left.splice(at, 1);
    due.shift();
  }
  return null;
};

/** Order, and that everything was heard: by each channel, for each monitor. */
const heardInOrder = (told: readonly Told[], first: readonly Heard[], kindOf: ReadonlyMap<string, string>) => {
  const broken: string[] = [];
  const due = new Map<string, Told[]>();
  for (const one of told) {
    const key = keyOf(one.channelId, one.name);
    due.set(key, [...(due.get(key) ?? []), one]);
  }
  for (const { channelId, identity, items } of first) {
    for (const [name, about] of Map.groupBy(items, (item) => item.name)) {
      const problem = take(due.get(keyOf(channelId, name)) ?? [], about);
      if (problem !== null)
        broken.push(`${kindOf.get(channelId)} ${channelId}, ${name}: ${problem} [${identity.slice(0, 60)}]`);
    }
  }
  for (const list of due.values())
    for (const one of list) if (one.status === 'delivered') broken.push(`never heard: ${one.kind} ${words(one)}`);
  return broken;
};

/** A message that was left out is fine when its recovery was told instead. */
const wronglySettled = (told: readonly Told[]): readonly string[] => {
  const recovered = new Set<string>();
  const broken: string[] = [];
  for (const one of told.toReversed()) {
    const key = keyOf(one.channelId, one.name);
    if (one.tone === 'up' && one.status === 'delivered') recovered.add(key);
    const fine =
      one.status === 'delivered' || (one.status === 'dropped' && one.reason === overtaken && recovered.has(key));
    if (!fine) broken.push(`not delivered: ${one.kind} ${words(one)}`);
    if (one.tone === 'down') recovered.delete(key);
  }
  return broken;
};

/** What the guarantees say of what the database planned and what the stand-ins took. */
export const judge = (told: readonly Told[], heard: readonly Heard[], kills: number): Verdict => {
  const { first, repeats } = withoutRepeats(heard);
  const kindOf = new Map(told.map(({ channelId, kind }) => [channelId, kind]));
  const strange = heard.filter(({ channelId, items }) => !kindOf.has(channelId) || items.length === 0);
  const count = (status: string): number => told.filter((one) => one.status === status).length;
  const ofKind = (kind: string): number => heard.filter(({ channelId }) => kindOf.get(channelId) === kind).length;
  return {
    counts: {
      'deliveries due': told.length,
      '  delivered': count('delivered'),
      '  dropped: told together with their recovery': count('dropped'),
      '  failed': count('failed'),
      '  pending': count('pending') + count('accepted'),
      '  that took more than one attempt': told.filter(({ attempts }) => attempts > 1).length,
      'messages taken by the stand-ins': heard.length,
      ...Object.fromEntries([...new Set(kindOf.values())].toSorted().map((kind) => [`  ${kind}`, ofKind(kind)])),
      '  that told of several': first.filter(({ items }) => items.length > 1).length,
      'repeats, under the same id': repeats.length,
    },
    broken: [
      ...wronglySettled(told),
      ...heardInOrder(told, first, kindOf),
      ...(repeats.length > kills ? [`${repeats.length} repeats for ${kills} kills`] : []),
      ...strange.map(({ channelId, text }) => `a message of nobody, to ${channelId}: ${text.slice(0, 300)}`),
    ],
  };
};
