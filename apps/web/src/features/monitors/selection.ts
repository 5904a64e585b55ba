import { useCallback, useMemo, useRef, useState } from 'react';

export type Selection = Readonly<{
  ids: ReadonlySet<string>;
  /** `range`: from the one that was touched last to this one, as shift does in every list. */
  toggle: (id: string, range: boolean) => void;
  /** All that are shown, or none. */
  toggleAll: () => void;
  clear: () => void;
}>;

/** Which rows are chosen, of those that are shown in this order; what is not shown any more is not chosen. */
export const useSelection = (shown: readonly string[]): Selection => {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string | null>(null);
  const ids = useMemo(() => new Set(shown.filter((id) => chosen.has(id))), [shown, chosen]);
  const toggle = useCallback(
    (id: string, range: boolean) => {
      const [a, b] = [shown.indexOf(last.current ?? ''), shown.indexOf(id)];
      const touched = range && a !== -1 && b !== -1 ? shown.slice(Math.min(a, b), Math.max(a, b) + 1) : [id];
      setChosen((before) => {
        const after = new Set(before);
        const add = !before.has(id);
        for (const one of touched) add ? after.add(one) : after.delete(one);
        return after;
      });
      last.current = id;
    },
    [shown],
  );
  const toggleAll = useCallback(() => setChosen(ids.size === shown.length ? new Set() : new Set(shown)), [ids, shown]);
  const clear = useCallback(() => setChosen(new Set()), []);
  return { ids, toggle, toggleAll, clear };
};
