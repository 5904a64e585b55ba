import type { ComponentType } from 'react';

export type Group = 'acts' | 'views' | 'incidents' | 'monitors' | 'places';
type Icon = ComponentType<{ size?: number | string; 'aria-hidden'?: boolean | 'true' | 'false' }>;

/** One line of the palette. `id` stays the same from one day to the next, for what was chosen lately. */
export type Entry = Readonly<{
  id: string;
  group: Group;
  label: string;
  note?: string;
  /** The keys that do the same, shown as a hint. */
  keys?: string;
  /** Words it is also found by. */
  also?: string;
  icon: Icon;
  run: () => void;
}>;

/** At most so many of each group: whoever sees more reads none. */
const most: Readonly<Record<Group, number>> = { acts: 11, views: 5, incidents: 5, monitors: 8, places: 8 };
const order: readonly Group[] = ['acts', 'incidents', 'monitors', 'views', 'places'];
const recentShown = 5;

export type Section = Readonly<{ group: Group | 'recent'; entries: readonly Entry[] }>;

/** 0 best; null: does not match. Every word must be found somewhere. */
const rankOf = ({ label, note = '', also = '' }: Entry, words: readonly string[]): number | null => {
  const name = label.toLowerCase();
  const all = `${name} ${note} ${also}`.toLowerCase();
  if (!words.every((word) => all.includes(word))) return null;
  const whole = words.join(' ');
  if (name === whole) return 0;
  if (name.startsWith(whole)) return 1;
  const [first = ''] = words;
  // Words that all stand in the name mean it more than some that were found in a URL.
  const elsewhere = words.every((word) => name.includes(word)) ? 0 : 3;
  return elsewhere + (name.startsWith(first) ? 2 : name.includes(` ${first}`) ? 3 : 4);
};

const found = (entries: readonly Entry[], words: readonly string[]): readonly Entry[] =>
  entries
    .flatMap((entry) => {
      const rank = rankOf(entry, words);
      return rank === null ? [] : [{ entry, rank }];
    })
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ entry }) => entry);

/** What the palette shows for what was typed: lately chosen first while nothing is, the best of each group after. */
export const sectionsOf = (entries: readonly Entry[], query: string, recent: readonly string[]): readonly Section[] => {
  const words = query
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const lately = words.length > 0 ? [] : recent.flatMap((id) => byId.get(id) ?? []).slice(0, recentShown);
  const rest = lately.length === 0 ? entries : entries.filter((entry) => !lately.includes(entry));
  const matching = words.length === 0 ? rest : found(rest, words);
  const groups = order.map((group) => ({
    group,
    entries: matching.filter((entry) => entry.group === group).slice(0, most[group]),
  }));
  return [{ group: 'recent' as const, entries: lately }, ...groups].filter(({ entries: some }) => some.length > 0);
};
