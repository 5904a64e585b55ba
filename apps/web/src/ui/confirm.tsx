import { lazy, Suspense, useState } from 'react';
import type { ConfirmProps } from './confirm-dialog.tsx';

const Dialog = lazy(async () => ({ default: (await import('./confirm-dialog.tsx')).ConfirmDialog }));

/** Asks before something is lost; the body names what. It comes once it is first asked for: most pages are only read. */
export const Confirm = (props: ConfirmProps) => {
  const [wanted, setWanted] = useState(props.opened);
  if (props.opened && !wanted) setWanted(true);
  return wanted ? (
    <Suspense>
      <Dialog {...props} />
    </Suspense>
  ) : null;
};
