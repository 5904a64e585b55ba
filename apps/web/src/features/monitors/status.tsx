import type { MonitorStatus } from '@farwatch/contracts';
import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
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
  up: msg`Up`,
  degraded: msg`Degraded`,
  down: msg`Down`,
  flapping: msg`Flapping`,
  maintenance: msg`Maintenance`,
  unknown: msg`Unknown`,
  paused: msg`Paused`,
  pending: msg`First look`,
} as const satisfies Record<MonitorStatus, MessageDescriptor>;

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
    {i18n.t(statusWord[status])}
  </StateBadge>
);
