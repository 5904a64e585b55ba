import type { ReactNode } from 'react';
import { TextBlock } from '../../ui/code.tsx';
import { Copy } from './copy.tsx';
import styles from './look.module.css';

type Props = Readonly<{ title: string; children: string; aside?: ReactNode }>;

/** Foreign text under its heading, to be read and copied. */
export const TextPart = ({ title, children, aside }: Props) => (
  <div className={styles.part}>
    <div className={styles.partHead}>
      <h3>{title}</h3>
      <Copy value={children} what={title} />
    </div>
    <TextBlock label={title}>{children}</TextBlock>
    {aside === undefined ? null : <p className={styles.soft}>{aside}</p>}
  </div>
);
