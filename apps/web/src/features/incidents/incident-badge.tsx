import type { IncidentView } from '@farwatch/contracts';
import { Trans } from '@lingui/react/macro';
import { StateBadge } from '../../ui/state-badge.tsx';

type Props = Readonly<{ incident: Pick<IncidentView, 'status' | 'endReason'>; large?: boolean }>;

const EndWord = ({ endReason }: Pick<IncidentView, 'endReason'>) => {
  if (endReason === 'paused') return <Trans>Ended by pause</Trans>;
  return endReason === 'withdrawn' ? <Trans>Taken back</Trans> : <Trans>Cleared</Trans>;
};

/** Open, cleared, or ended because the monitor was paused or later checks showed that it was none. */
export const IncidentBadge = ({ incident: { status, endReason }, large = false }: Props) => {
  if (status === 'open')
    return (
      <StateBadge tone="bad" large={large}>
        <Trans>Down now</Trans>
      </StateBadge>
    );
  return (
    <StateBadge tone={endReason === 'recovered' ? 'good' : 'none'} large={large}>
      <EndWord endReason={endReason} />
    </StateBadge>
  );
};
