import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { step } from './step-through.ts';

const chordMs = 1_200;
const chords = { m: '/', i: '/incidents', a: '/alerting', s: '/settings' } as const;
const isChord = (key: string): key is keyof typeof chords => key in chords;

export type ShortcutHooks = Readonly<{ onPalette: () => void; onHelp: () => void }>;

/** Whether a key belongs to what is being typed or chosen just now. */
const busyElsewhere = ({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  ctrlKey ||
  metaKey ||
  altKey ||
  (target instanceof Element &&
    target.closest('input, textarea, select, [contenteditable], [role="dialog"], [role="menu"]') !== null);

const isPalette = ({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean =>
  key.toLowerCase() === 'k' && (ctrlKey || metaKey) && !altKey && !shiftKey;

const focusSearch = (): boolean => {
  const field = document.querySelector<HTMLInputElement>('[data-search]');
  field?.focus();
  field?.select();
  return field !== null;
};

/** The dashboard's keys, as shortcuts-dialog.tsx lists them. Both hooks must be stable. */
export const useShortcuts = ({ onPalette, onHelp }: ShortcutHooks): void => {
  const navigate = useNavigate();
  useEffect(() => {
    let chordUntil = 0;
    const onPlain = (event: KeyboardEvent): void => {
      if (event.key === 'n') void navigate({ to: '/monitors/new' });
      if (event.key === '?') onHelp();
      if (event.key === 'j' || event.key === 'k') step(event.key === 'j' ? 1 : -1);
      if (event.key !== '/') return;
      event.preventDefault();
      if (!focusSearch()) void navigate({ to: '/' }).then(focusSearch);
    };
    const onKey = (event: KeyboardEvent): void => {
      if (isPalette(event)) {
        event.preventDefault();
        onPalette();
        return;
      }
      if (event.key === 'Escape' && event.target instanceof HTMLInputElement && 'search' in event.target.dataset)
        event.target.blur();
      if (busyElsewhere(event)) return;
      if (event.timeStamp < chordUntil && isChord(event.key)) {
        chordUntil = 0;
        void navigate({ to: chords[event.key] });
        return;
      }
      chordUntil = event.key === 'g' ? event.timeStamp + chordMs : 0;
      onPlain(event);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [navigate, onPalette, onHelp]);
};
