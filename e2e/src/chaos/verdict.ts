import type { Heard, Told, Tone } from './heard.ts';

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

/**
 * How far a channel may be with its news of one monitor once a message has told these things, having been at `place`.
 * What was dropped may have been told (its answer was lost) or not, so there can be several ways.
 */
const placesAfter = (due: readonly Told[], place: number, tones: readonly Tone[]): readonly number[] => {
  if (tones.length === 0) return [place];
  const next = due[place];
  if (next === undefined) return [];
  const at = tones.indexOf(next.tone);
  const told = at < 0 ? [] : placesAfter(due, place + 1, tones.toSpliced(at, 1));
  return next.status === 'dropped' ? [...told, ...placesAfter(due, place + 1, tones)] : told;
};

/** What is wrong with what one channel was told of one monitor, in this order: each message by the tones it told. */
const faultsOf = (due: readonly Told[], messages: readonly (readonly Tone[])[]): readonly string[] => {
  const faults: string[] = [];
  let places: readonly number[] = [0];
  for (const tones of messages) {
    const after = [...new Set(places.flatMap((place) => placesAfter(due, place, tones)))];
    const next = due[Math.max(...places)];
    if (after.length > 0) places = after;
    else if (next === undefined) faults.push(`${tones.join(', ')} was told once more under another id`);
    else faults.push(`${tones.join(', ')} was told before ${words(next)}`);
  }
  const unheard = places.map((place) => due.slice(place).filter(({ status }) => status === 'delivered'));
  const [least = []] = unheard.toSorted((a, b) => a.length - b.length);
  return [...faults, ...least.map((one) => `never heard: ${words(one)}`)];
};

/** Order, and that everything was heard: by each channel, for each monitor. */
const heardInOrder = (told: readonly Told[], first: readonly Heard[]): readonly string[] => {
  const messages = new Map<string, (readonly Tone[])[]>();
  for (const { channelId, items } of first)
    for (const [name, about] of Map.groupBy(items, (item) => item.name)) {
      const key = keyOf(channelId, name);
      messages.set(key, [...(messages.get(key) ?? []), about.map(({ tone }) => tone)]);
    }
  const plans = Map.groupBy(told, ({ channelId, name }) => keyOf(channelId, name));
  return [...plans].flatMap(([key, due]) =>
    faultsOf(due, messages.get(key) ?? []).map((fault) => `${due[0]?.kind} ${key}: ${fault}`),
  );
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
      ...heardInOrder(told, first),
      ...(repeats.length > kills ? [`${repeats.length} repeats for ${kills} kills`] : []),
      ...strange.map(({ channelId, text }) => `a message of nobody, to ${channelId}: ${text.slice(0, 300)}`),
    ],
  };
};
