import type { DeliveryView } from '@farwatch/contracts';
import { StateBadge } from '../../ui/state-badge.tsx';

export const eventWord = {
  'incident.opened': 'Incident opened',
  'incident.resolved': 'Incident cleared',
  'channel.test': 'Test',
} as const satisfies Record<DeliveryView['event'], string>;

const states = {
  pending: ['busy', 'On its way'],
  delivered: ['good', 'Delivered'],
  failed: ['bad', 'Failed'],
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
