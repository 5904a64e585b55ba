import type { ChannelKind } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Stack } from '@mantine/core';
import { useState } from 'react';
import { FormModal } from '../../ui/form-modal.tsx';
import { ChannelCreated, createdTitle, hasMore } from './channel-created.tsx';
import { KindPicker } from './kinds/kind-picker.tsx';
import { type CreatedChannel, NewChannelForm } from './new-channel-form.tsx';
import type { ChannelSlots } from './slots.ts';

type Props = Readonly<{ onClose: () => void; slots: ChannelSlots }>;

/** Adds a channel; what is shown once or has to be done next is shown before the dialog closes. */
export const NewChannel = ({ onClose, slots }: Props) => {
  const [kind, setKind] = useState<ChannelKind>('email');
  const [created, setCreated] = useState<CreatedChannel | null>(null);
  return (
    <FormModal
      onClose={onClose}
      size={created === null ? 'lg' : 'md'}
      title={created === null ? t`Add a channel` : createdTitle(created)}
    >
      {(close) =>
        created === null ? (
          <Stack gap="lg">
            <KindPicker value={kind} onChange={setKind} />
            <NewChannelForm
              key={kind}
              kind={kind}
              slots={slots}
              onCancel={close}
              onCreated={(channel) => (hasMore(channel) ? setCreated(channel) : close())}
            />
          </Stack>
        ) : (
          <ChannelCreated channel={created} onClose={close} />
        )
      }
    </FormModal>
  );
};
