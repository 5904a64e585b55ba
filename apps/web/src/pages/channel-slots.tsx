import { lazy, Suspense } from 'react';
import type { ChannelSlots } from '../features/channels/slots.ts';
import { DeliveryOutcome } from '../features/deliveries/test-outcome.tsx';
import { usePeople } from '../features/members/queries.ts';
import { quietHoursFault } from '../features/quiet-hours/quiet-hours-fault.ts';

/** Forms come when somebody opens one. */
const QuietHoursField = lazy(async () => ({
  default: (await import('../features/quiet-hours/quiet-hours-field.tsx')).QuietHoursField,
}));

/** What channels show of people, deliveries and quiet hours. */
export const useChannelSlots = (): ChannelSlots => ({
  people: usePeople(),
  outcome: (deliveryId) => <DeliveryOutcome deliveryId={deliveryId} />,
  quietHours: (field) => (
    <Suspense>
      <QuietHoursField {...field} />
    </Suspense>
  ),
  quietHoursFault,
});
