import { useState } from 'react';

/** Whether the first answers are there; once they are it stays so: what is asked for later replaces what is shown. */
export const useReady = (waiting: boolean): boolean => {
  const [ready, setReady] = useState(false);
  if (!ready && !waiting) setReady(true);
  return ready;
};
