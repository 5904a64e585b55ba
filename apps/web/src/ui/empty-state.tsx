import type { ReactNode } from 'react';
import styles from './states.module.css';

type Props = Readonly<{ title: string; children?: ReactNode; action?: ReactNode; small?: boolean }>;

/** Says what a list is for while it is empty, and offers the one next step. */
export const EmptyState = ({ title, children, action, small = false }: Props) => (
  <div className={styles.empty} data-small={small || undefined}>
    <p className={styles.emptyTitle}>{title}</p>
    {children === undefined ? null : <p className={styles.emptyText}>{children}</p>}
    {action === undefined ? null : <div className={styles.emptyAction}>{action}</div>}
  </div>
);
