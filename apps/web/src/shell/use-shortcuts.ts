import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';

const chordMs = 1_200;
const places = { m: '/', i: '/incidents', a: '/alerting' } as const;
const isPlace = (key: string): key is keyof typeof places => key in places;

/** Whether a key belongs to what is being typed or chosen just now. */
const busyElsewhere = ({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  ctrlKey ||
  metaKey ||
  altKey ||
  (target instanceof Element &&
    target.closest('input, textarea, select, [contenteditable], [role="dialog"], [role="menu"]') !== null);

/** `/` search, `n` new monitor, `g` then `m`, `i` or `a`; Esc leaves the search. */
export const useShortcuts = (): void => {
  const navigate = useNavigate();
  useEffect(() => {
    let chordUntil = 0;
    const search = (): boolean => {
      const field = document.querySelector<HTMLInputElement>('[data-search]');
      field?.focus();
      field?.select();
      return field !== null;
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && event.target instanceof HTMLInputElement && 'search' in event.target.dataset)
        event.target.blur();
      if (busyElsewhere(event)) return;
      if (event.timeStamp < chordUntil && isPlace(event.key)) {
        chordUntil = 0;
        void navigate({ to: places[event.key] });
        return;
      }
      chordUntil = event.key === 'g' ? event.timeStamp + chordMs : 0;
      if (event.key === 'n') void navigate({ to: '/monitors/new' });
      if (event.key !== '/') return;
      event.preventDefault();
      if (!search()) void navigate({ to: '/' }).then(search);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [navigate]);
};
