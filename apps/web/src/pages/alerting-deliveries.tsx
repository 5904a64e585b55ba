import type { DeliveryView } from '@farwatch/contracts';
import { SegmentedControl } from '@mantine/core';
import { DeliveryList } from '../features/deliveries/delivery-list.tsx';
import card from '../ui/page.module.css';
import styles from './pages.module.css';
import { deliveryStatusOf } from './search.ts';

type Status = DeliveryView['status'] | undefined;
type Props = Readonly<{ status: Status; onStatus: (status: Status) => void }>;

export const AlertingDeliveries = ({ status, onStatus }: Props) => (
  <>
    <div className={styles.scroller}>
      <SegmentedControl
        size="xs"
        aria-label="Which deliveries"
        data={[
          { value: 'all', label: 'All' },
          { value: 'pending', label: 'On their way' },
          { value: 'accepted', label: 'Not confirmed' },
          { value: 'delivered', label: 'Delivered' },
          { value: 'failed', label: 'Failed' },
          { value: 'dropped', label: 'Dropped' },
        ]}
        value={status ?? 'all'}
        onChange={(value) => onStatus(deliveryStatusOf(value))}
      />
    </div>
    <div className={card.card}>
      <DeliveryList
        filter={{ status }}
        empty="Each alert to each channel is written down here, with the receiver’s own answer."
      />
    </div>
  </>
);
