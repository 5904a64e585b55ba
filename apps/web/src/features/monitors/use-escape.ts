import { useEffect, useRef } from 'react';

const layers = '[role="dialog"], [role="menu"], [role="listbox"]';
const writes = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input:not([type="checkbox"]), textarea, select, [contenteditable]');

/**
 * Escape, when nothing lies over the page that it closes first. Decided before anybody else hears of the key: a dialog that
 * it closes is gone by the time that its listeners are through.
 */
export const useEscape = (act: () => void): void => {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.isComposing || writes(event.target)) return;
      if (document.querySelector(layers) === null) latest.current();
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, []);
};
