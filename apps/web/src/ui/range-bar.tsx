import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { ActionIcon, Button } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ZoneName } from './instant.tsx';
import styles from './range-bar.module.css';

type Props = Readonly<{
  /** What is shown: `23 Nov – 6 Dec 2026`. */
  children: string;
  onEarlier: () => void;
  onToday: () => void;
  onLater: () => void;
  aside?: ReactNode;
}>;

/** Which stretch of a calendar is shown, in which zone, and the ways to others. */
export const RangeBar = ({ children, onEarlier, onToday, onLater, aside }: Props) => (
  <div className={styles.bar}>
    <div className={styles.ways}>
      <ActionIcon variant="default" size="lg" aria-label={t`Earlier`} onClick={onEarlier}>
        <IconChevronLeft size={18} aria-hidden />
      </ActionIcon>
      <Button variant="default" size="sm" onClick={onToday}>
        <Trans>Today</Trans>
      </Button>
      <ActionIcon variant="default" size="lg" aria-label={t`Later`} onClick={onLater}>
        <IconChevronRight size={18} aria-hidden />
      </ActionIcon>
    </div>
    <p className={styles.what} aria-live="polite">
      <strong>{children}</strong>
      <span className={styles.zone}>
        <ZoneName />
      </span>
    </p>
    {aside === undefined ? null : <div className={styles.aside}>{aside}</div>}
  </div>
);
