import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react';
import { useShortcuts } from './use-shortcuts.ts';

const Palette = lazy(async () => ({ default: (await import('./palette/palette.tsx')).Palette }));
const ShortcutsDialog = lazy(async () => ({ default: (await import('./shortcuts-dialog.tsx')).ShortcutsDialog }));

/** The palette and the list of shortcuts, loaded when they are first asked for, and the keys that open them. */
export const useOverlays = (withMails: boolean): Readonly<{ openPalette: () => void; overlays: ReactNode }> => {
  const [open, setOpen] = useState<'palette' | 'help' | null>(null);
  const openPalette = useCallback(() => setOpen('palette'), []);
  const onHelp = useCallback(() => setOpen('help'), []);
  const close = useCallback((which: 'palette' | 'help') => setOpen((now) => (now === which ? null : now)), []);
  useShortcuts({ onPalette: openPalette, onHelp });
  const overlays = (
    <Suspense>
      {open === 'palette' ? (
        <Palette withMails={withMails} onShortcuts={onHelp} onClose={() => close('palette')} />
      ) : null}
      {open === 'help' ? <ShortcutsDialog onClose={() => close('help')} /> : null}
    </Suspense>
  );
  return { openPalette, overlays };
};
