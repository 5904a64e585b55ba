import { useEffect, useState } from 'react';
import { useStreamState } from '../api/stream-state.tsx';

const patienceMs = 2_000;

/** Since when the line is down; null while it is up, or down for a blink that is not worth a word. */
export const useLost = (): string | null => {
  const state = useStreamState();
  const [lostAt, setLostAt] = useState<string | null>(null);
  useEffect(() => {
    if (state !== 'lost') return setLostAt(null);
    const at = new Date().toISOString();
    const timer = setTimeout(() => setLostAt(at), patienceMs);
    return () => clearTimeout(timer);
  }, [state]);
  return lostAt;
};
