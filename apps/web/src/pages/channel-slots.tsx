import { t } from '@lingui/core/macro';
import { lazy, Suspense } from 'react';
import type { ChannelSlots } from '../features/channels/slots.ts';
import { DeliveryOutcome } from '../features/deliveries/test-outcome.tsx';
import { usePeople } from '../features/members/queries.ts';
import { quietHoursFault } from '../features/quiet-hours/quiet-hours-fault.ts';
import { Skeletons } from '../ui/skeletons.tsx';

/** Forms come when somebody opens one. */
const QuietHoursSlot = lazy(async () => ({ default: (await import('./quiet-hours-slot.tsx')).QuietHoursSlot }));

/** What channels show of people, deliveries and quiet hours. */
export const useChannelSlots = (): ChannelSlots => ({
  people: usePeople(),
  outcome: (deliveryId) => <DeliveryOutcome deliveryId={deliveryId} />,
  quietHours: (field) => (
    <Suspense fallback={<Skeletons rows={1} height={52} label={t`Loading the quiet hours`} />}>
      <QuietHoursSlot {...field} />
    </Suspense>
  ),
  quietHoursFault,
});
