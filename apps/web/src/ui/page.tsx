import { createContext, type ReactNode, useContext, useEffect } from 'react';
import styles from './page.module.css';

type PageProps = Readonly<{
  title: string;
  head?: ReactNode;
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  narrow?: boolean;
}>;

/** What stands before every page's name in the browser's tab; empty when there is nothing to say. */
export const TitlePrefix = createContext('');

/** A page with its one heading; `title` also names the browser's tab. */
export const Page = ({ title, head, note, actions, children, narrow = false }: PageProps) => {
  const prefix = useContext(TitlePrefix);
  useEffect(() => {
    document.title = `${prefix}${title} · Farwatch`;
  }, [prefix, title]);
  return (
    <div className={styles.page} data-narrow={narrow || undefined}>
      <header className={styles.head}>
        <div className={styles.headText}>
          {head ?? <h1 className={styles.title}>{title}</h1>}
          {note === undefined ? null : <div className={styles.note}>{note}</div>}
        </div>
        {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
};

type SectionProps = Readonly<{ title: string; id?: string; aside?: ReactNode; children: ReactNode; plain?: boolean }>;

/** A titled part of a page. `plain` leaves the card's edge out; `id` is where links within the page lead. */
export const Section = ({ title, id, aside, children, plain = false }: SectionProps) => (
  <section className={styles.section} aria-label={title} id={id}>
    <div className={styles.sectionHead}>
      <h2 className={styles.sectionTitle}>{title}</h2>
      {aside}
    </div>
    {plain ? children : <div className={styles.card}>{children}</div>}
  </section>
);
