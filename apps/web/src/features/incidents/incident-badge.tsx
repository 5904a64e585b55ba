import type { IncidentView } from '@farwatch/contracts';
import { StateBadge } from '../../ui/state-badge.tsx';

type Props = Readonly<{ incident: Pick<IncidentView, 'status' | 'endReason'>; large?: boolean }>;

/** Open, cleared, or ended because the monitor was paused. */
export const IncidentBadge = ({ incident: { status, endReason }, large = false }: Props) => {
  if (status === 'open')
    return (
      <StateBadge tone="bad" large={large}>
        Down now
      </StateBadge>
    );
  return (
    <StateBadge tone={endReason === 'paused' ? 'idle' : 'good'} large={large}>
      {endReason === 'paused' ? 'Ended by pause' : 'Cleared'}
    </StateBadge>
  );
};
