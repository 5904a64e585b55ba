import { t } from '@lingui/core/macro';
import { Skeleton, VisuallyHidden } from '@mantine/core';
import styles from './states.module.css';

type Props = Readonly<{ rows?: number; height?: number; label?: string }>;

/** Stands where rows will be, in their size, so that nothing jumps. */
export const Skeletons = ({ rows = 5, height = 44, label = t`Loading` }: Props) => (
  <div className={styles.skeletons} role="status">
    <VisuallyHidden>{label}</VisuallyHidden>
    {Array.from({ length: rows }, (_, row) => (
      <Skeleton key={row} height={height - 8} radius="sm" />
    ))}
  </div>
);
