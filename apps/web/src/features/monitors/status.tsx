import type { MonitorStatus } from '@farwatch/contracts';
import { StateBadge } from '../../ui/state-badge.tsx';
import type { Tone } from '../../ui/tone.ts';

export const statusTone = {
  up: 'good',
  degraded: 'warn',
  down: 'bad',
  flapping: 'bad',
  maintenance: 'calm',
  unknown: 'calm',
  paused: 'idle',
  pending: 'busy',
} as const satisfies Record<MonitorStatus, Tone>;

export const statusWord = {
  up: 'Up',
  degraded: 'Degraded',
  down: 'Down',
  flapping: 'Flapping',
  maintenance: 'Maintenance',
  unknown: 'Unknown',
  paused: 'Paused',
  pending: 'First look',
} as const satisfies Record<MonitorStatus, string>;

/** Failing first; what needs no eye comes last. */
export const statusOrder = [
  'down',
  'flapping',
  'degraded',
  'unknown',
  'maintenance',
  'pending',
  'up',
  'paused',
] as const satisfies MonitorStatus[];

type Props = Readonly<{ status: MonitorStatus; large?: boolean; quiet?: boolean }>;

export const MonitorBadge = ({ status, large = false, quiet = false }: Props) => (
  <StateBadge tone={statusTone[status]} large={large} quiet={quiet}>
    {statusWord[status]}
  </StateBadge>
);
