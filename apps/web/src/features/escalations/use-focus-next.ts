import { useLayoutEffect, useRef } from 'react';

type Find = (root: HTMLElement) => HTMLElement | null | undefined;

/** Moves the focus once what was asked for is drawn: whoever works by keyboard stays where they are. */
export const useFocusNext = <E extends HTMLElement>() => {
  const root = useRef<E>(null);
  const wanted = useRef<Find | null>(null);
  useLayoutEffect(() => {
    if (wanted.current === null || root.current === null) return;
    const found = wanted.current(root.current);
    wanted.current = null;
    found?.focus();
  });
  return {
    root,
    focusNext: (find: Find): void => {
      wanted.current = find;
    },
  };
};

/** The first of these that is there and can have the focus. */
export const firstOf =
  (...selectors: readonly string[]): Find =>
  (root) =>
    selectors
      .map((selector) => root.querySelector<HTMLElement>(`${selector}:not(:disabled)`))
      .find((found) => found !== null);
