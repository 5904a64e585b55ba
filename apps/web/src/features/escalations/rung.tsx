import type { ReactNode } from 'react';
import styles from './ladder.module.css';

type Props = Readonly<{ mark: ReactNode; tone?: 'step' | 'end'; children: ReactNode }>;

/** One place on the line from an incident's start to its end. */
export const Rung = ({ mark, tone = 'step', children }: Props) => (
  <li className={styles.rung} data-tone={tone}>
    <span className={styles.mark} aria-hidden>
      {mark}
    </span>
    <div className={styles.body}>{children}</div>
  </li>
);
