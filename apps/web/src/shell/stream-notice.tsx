import { IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useStreamState } from '../api/stream-state.tsx';
import { Instant } from '../ui/instant.tsx';
import styles from './shell.module.css';

const patienceMs = 2_000;

/** Says that the line is down and since when; a blink is not worth a word. */
export const StreamNotice = () => {
  const state = useStreamState();
  const [lostAt, setLostAt] = useState<string | null>(null);
  useEffect(() => {
    if (state !== 'lost') return setLostAt(null);
    const at = new Date().toISOString();
    const timer = setTimeout(() => setLostAt(at), patienceMs);
    return () => clearTimeout(timer);
  }, [state]);
  return lostAt === null ? null : (
    <div className={styles.notice} data-tone="warn" role="status">
      <IconPlugConnectedX size={18} aria-hidden />
      <span>
        Not connected. You see what was known at <Instant at={lostAt} />; it picks up by itself.
      </span>
    </div>
  );
};

/** Whether what is shown is live, small and always there. */
export const StreamDot = () => {
  const state = useStreamState();
  return (
    <span className={styles.live} data-state={state}>
      <span className={styles.dot} aria-hidden />
      {state === 'live' ? 'Live' : state === 'lost' ? 'Not connected' : 'Connecting'}
    </span>
  );
};
