import { lazy, Suspense } from 'react';
import { useSessionEnded } from '../api/session-end.ts';

const LogInOver = lazy(async () => ({ default: (await import('./log-in-over.tsx')).LogInOver }));

/** Over a page whose session has ended: the log-in. What was written below stays. */
export const SessionEnded = () =>
  useSessionEnded() ? (
    <Suspense>
      <LogInOver />
    </Suspense>
  ) : null;
