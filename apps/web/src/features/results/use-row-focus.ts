import { type RefObject, useEffect, useRef, useState } from 'react';

/** Puts the keyboard's focus on that look's row, if the row is in the document. */
const focusRow = (list: HTMLElement | null, id: string): boolean => {
  const row = list?.querySelector<HTMLElement>(`[data-look="${CSS.escape(id)}"]`) ?? null;
  row?.focus({ preventScroll: true });
  return row !== null;
};

/** The row that the keyboard is at. A look that was open gives the focus back to its row. */
export const useRowFocus = (list: RefObject<HTMLElement | null>, open: string | undefined) => {
  const [current, setCurrent] = useState<string | null>(null);
  const waits = useRef(false);
  const opened = useRef(open);
  useEffect(() => {
    // The row that is moved to may come into the document only after it was scrolled to.
    if (waits.current && current !== null && focusRow(list.current, current)) waits.current = false;
  });
  useEffect(() => {
    if (open === undefined && opened.current !== undefined) focusRow(list.current, opened.current);
    opened.current = open;
  }, [list, open]);
  const moveTo = (id: string | null): void => {
    waits.current = true;
    setCurrent(id);
  };
  return { current, setCurrent, moveTo };
};
