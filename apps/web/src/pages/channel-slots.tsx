import type { PolicyView } from '@farwatch/contracts';
import { plural, t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import type { ChannelSlots } from '../features/channels/slots.ts';
import { LastDelivery } from '../features/deliveries/last-delivery.tsx';
import { DeliveryOutcome } from '../features/deliveries/test-outcome.tsx';
import { policiesQuery } from '../features/escalations/queries.ts';
import { usePeople } from '../features/members/queries.ts';
import { quietHoursFault } from '../features/quiet-hours/quiet-hours-fault.ts';
import { Skeletons } from '../ui/skeletons.tsx';
import styles from './pages.module.css';

/** Forms come when somebody opens one. */
const QuietHoursSlot = lazy(async () => ({ default: (await import('./quiet-hours-slot.tsx')).QuietHoursSlot }));

const names = ({ steps }: PolicyView, channelId: string): boolean =>
  steps.some(({ targets }) => targets.some((target) => target.kind === 'channel' && target.channelId === channelId));

/** The escalation policies that tell this channel by name. */
const PoliciesNaming = ({ channelId }: { readonly channelId: string }) => {
  const { data = [] } = useQuery(policiesQuery);
  const named = data.filter((policy) => names(policy, channelId)).map(({ name }) => name);
  if (named.length === 0) return null;
  const list = named.join(', ');
  return (
    <p className={styles.losses}>
      {plural(named.length, {
        one: `The escalation policy ${list} names it, and tells it nothing from then on.`,
        other: `# escalation policies name it, and tell it nothing from then on: ${list}.`,
      })}
    </p>
  );
};

/** What channels show of people, deliveries and quiet hours. */
export const useChannelSlots = (): ChannelSlots => ({
  people: usePeople(),
  lastDelivery: (last, channelId) => <LastDelivery last={last} channelId={channelId} />,
  losses: (channelId) => <PoliciesNaming channelId={channelId} />,
  outcome: (deliveryId) => <DeliveryOutcome deliveryId={deliveryId} />,
  quietHours: (field) => (
    <Suspense fallback={<Skeletons rows={1} height={52} label={t`Loading the quiet hours`} />}>
      <QuietHoursSlot {...field} />
    </Suspense>
  ),
  quietHoursFault,
});
