import type { ChannelSlots } from '../features/channels/slots.ts';
import { DeliveryOutcome } from '../features/deliveries/test-outcome.tsx';
import { usePeople } from '../features/members/queries.ts';
import { QuietHoursField, quietHoursFault } from '../features/quiet-hours/quiet-hours-field.tsx';

/** What channels show of people, deliveries and quiet hours. */
export const useChannelSlots = (): ChannelSlots => ({
  people: usePeople(),
  outcome: (deliveryId) => <DeliveryOutcome deliveryId={deliveryId} />,
  quietHours: (field) => <QuietHoursField {...field} />,
  quietHoursFault,
});
