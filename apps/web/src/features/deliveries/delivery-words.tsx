import type { DeliveryView } from '@farwatch/contracts';
import { StateBadge } from '../../ui/state-badge.tsx';

export const eventWord = {
  'incident.opened': 'Incident opened',
  'incident.escalated': 'Incident escalated',
  'incident.reminder': 'Reminder',
  'incident.acknowledged': 'Incident acknowledged',
  'incident.resolved': 'Incident cleared',
  'certificate.expiring': 'Certificate expires',
  'monitoring.stopped': 'Monitoring stopped',
  'monitoring.resumed': 'Monitoring resumed',
  'monitor.flapping': 'Flapping',
  'monitor.calm': 'Calm again',
  'report.weekly': 'Weekly report',
  'channel.test': 'Test',
  'channel.broken': 'Channel broken',
  'channel.held-back': 'Held back',
} as const satisfies Record<DeliveryView['event'], string>;

const states = {
  pending: ['busy', 'On its way'],
  accepted: ['calm', 'Taken, not confirmed yet'],
  delivered: ['good', 'Delivered'],
  failed: ['bad', 'Failed'],
  dropped: ['idle', 'Dropped'],
} as const satisfies Record<DeliveryView['status'], unknown>;

export const DeliveryBadge = ({
  status,
  quiet = false,
}: {
  readonly status: DeliveryView['status'];
  readonly quiet?: boolean;
}) => {
  const [tone, word] = states[status];
  return (
    <StateBadge tone={tone} quiet={quiet}>
      {word}
    </StateBadge>
  );
};
