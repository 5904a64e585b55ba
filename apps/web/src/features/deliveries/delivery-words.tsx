import type { DeliveryView } from '@farwatch/contracts';
import { i18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { StateBadge } from '../../ui/state-badge.tsx';

const eventWords = {
  'incident.opened': msg`Incident opened`,
  'incident.escalated': msg`Incident escalated`,
  'incident.reminder': msg`Reminder`,
  'incident.acknowledged': msg`Incident acknowledged`,
  'incident.resolved': msg`Incident cleared`,
  'certificate.expiring': msg`Certificate expires`,
  'monitoring.stopped': msg`Monitoring stopped`,
  'monitoring.resumed': msg`Monitoring resumed`,
  'monitor.flapping': msg`Flapping`,
  'monitor.calm': msg`Calm again`,
  'report.weekly': msg`Weekly report`,
  'channel.test': msg`Test`,
  'channel.broken': msg`Channel broken`,
  'channel.held-back': msg`Held back`,
} as const satisfies Record<DeliveryView['event'], unknown>;

export const deliveryEvents = Object.keys(eventWords) as DeliveryView['event'][]; // the keys of a Record are its own words

/** What was to be told. */
export const eventWord = (event: DeliveryView['event']): string => i18n._(eventWords[event]);

const states = {
  pending: ['busy', msg`On its way`],
  accepted: ['calm', msg`Taken, not confirmed yet`],
  delivered: ['good', msg`Delivered`],
  failed: ['bad', msg`Failed`],
  dropped: ['none', msg`Dropped`],
} as const satisfies Record<DeliveryView['status'], unknown>;

export const deliveryStatuses = Object.keys(states) as DeliveryView['status'][]; // the same
export const statusWord = (status: DeliveryView['status']): string => i18n._(states[status][1]);

export const DeliveryBadge = ({
  status,
  quiet = false,
}: {
  readonly status: DeliveryView['status'];
  readonly quiet?: boolean;
}) => {
  return (
    <StateBadge tone={states[status][0]} quiet={quiet}>
      {statusWord(status)}
    </StateBadge>
  );
};
