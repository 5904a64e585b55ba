import type { ReactNode } from 'react';
import styles from './code.module.css';

type Props = Readonly<{ children: ReactNode; cut?: boolean; title?: string }>;

/** URLs, codes and addresses. `cut` keeps one line and ends it with an ellipsis. */
export const Code = ({ children, cut = false, title }: Props) => (
  <code className={styles.code} data-cut={cut || undefined} title={title}>
    {children}
  </code>
);

/** Foreign text as text, never rendered: a body, headers, a mail. Scrolls inside itself. */
export const TextBlock = ({ label, children }: { readonly label: string; readonly children: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
  <section className={styles.block} tabIndex={0} aria-label={label}>
    <pre>{children}</pre>
  </section>
);
