/** The first thing in each row of the page's lists that can be opened. */
const openersOf = (): readonly HTMLElement[] =>
  [...document.querySelectorAll('main tbody tr, main [role="row"]')].flatMap(
    (row) => row.querySelector<HTMLElement>('a[href], button[aria-expanded]') ?? [],
  );

/** Moves the focus by one row, from the row it is in; to the first where it is in none. */
export const step = (by: 1 | -1): void => {
  const openers = openersOf();
  const row = document.activeElement?.closest('tr, [role="row"]') ?? null;
  const at = row === null ? -1 : openers.findIndex((opener) => row.contains(opener));
  const next = openers[at === -1 ? 0 : Math.min(openers.length - 1, Math.max(0, at + by))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
};
