import {
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleMinus,
  IconCircleXFilled,
  IconInfoCircleFilled,
  IconPlayerPauseFilled,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './state-badge.module.css';
import type { Tone } from './tone.ts';

/** Each tone's icon: the state is never the colour alone. */
export const toneIcons = {
  good: IconCircleCheckFilled,
  warn: IconAlertTriangleFilled,
  bad: IconCircleXFilled,
  /** Paused, switched off. */
  idle: IconPlayerPauseFilled,
  /** Nothing to do, and nothing wrong. */
  none: IconCircleMinus,
  calm: IconInfoCircleFilled,
  busy: IconCircleDashed,
} as const satisfies Record<Tone, unknown>;

type Props = Readonly<{ tone: Tone; children: ReactNode; quiet?: boolean; large?: boolean }>;

/** A state as icon and word, never as a colour alone. `quiet` leaves the ground out. */
export const StateBadge = ({ tone, children, quiet = false, large = false }: Props) => {
  const Icon = toneIcons[tone];
  return (
    <span className={styles.badge} data-tone={tone} data-quiet={quiet || undefined} data-large={large || undefined}>
      <Icon size={large ? 18 : 14} aria-hidden />
      {children}
    </span>
  );
};
