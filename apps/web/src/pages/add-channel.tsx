import { lazy, Suspense } from 'react';
import type { ChannelSlots } from '../features/channels/slots.ts';

/** Seven forms that most visits do without. */
const NewChannel = lazy(async () => ({ default: (await import('../features/channels/new-channel.tsx')).NewChannel }));

type Props = Readonly<{ opened: boolean; onClose: () => void; slots: ChannelSlots }>;

export const AddChannel = ({ opened, ...rest }: Props) =>
  opened ? (
    <Suspense>
      <NewChannel {...rest} />
    </Suspense>
  ) : null;
