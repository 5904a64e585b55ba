import { type ReactNode, useEffect } from 'react';
import { Logo } from '../ui/logo.tsx';
import styles from './door.module.css';

type Props = Readonly<{ title: string; note?: ReactNode; children: ReactNode; foot?: ReactNode }>;

/** The frame of the pages before the log-in. */
export const Door = ({ title, note, children, foot }: Props) => {
  useEffect(() => {
    document.title = `${title} · Farwatch`;
  }, [title]);
  return (
    <main className={styles.door}>
      <Logo />
      <div className={styles.card}>
        <h1 className={styles.title}>{title}</h1>
        {note === undefined ? null : <p className={styles.note}>{note}</p>}
        <div className={styles.body}>{children}</div>
      </div>
      {foot === undefined ? null : <p className={styles.foot}>{foot}</p>}
    </main>
  );
};
