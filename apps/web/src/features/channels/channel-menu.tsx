import type { ChannelView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { ActionIcon, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDots, IconKey, IconPencil, IconTrash } from '@tabler/icons-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { Confirm } from '../../ui/confirm.tsx';
import { tellUndo } from '../../ui/undo-message.tsx';
import { useDeleteChannel, useRestoreChannel } from './queries.ts';
import type { ChannelSlots } from './slots.ts';

/** Forms come when somebody opens one. */
const EditChannel = lazy(async () => ({ default: (await import('./edit-channel.tsx')).EditChannel }));
const RotateSecret = lazy(async () => ({ default: (await import('./rotate-secret.tsx')).RotateSecret }));

type Props = Readonly<{ channel: ChannelView; slots: ChannelSlots }>;
type DialogProps = Readonly<{ channel: ChannelView; opened: boolean; onClose: () => void }>;

type DeleteProps = DialogProps & Pick<ChannelSlots, 'losses'>;

const DeleteChannel = ({ channel, opened, onClose, losses }: DeleteProps) => {
  const { name, target } = channel;
  const { mutateAsync: restore } = useRestoreChannel();
  const remove = useDeleteChannel(() => {
    onClose();
    tellUndo(t`${name} is deleted.`, () => restore(channel.id));
  });
  return (
    <Confirm
      opened={opened}
      title={t`Delete ${name}?`}
      action={t`Delete channel`}
      busy={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={() => remove.mutate(channel.id)}
    >
      {t`${target} hears no more alerts, not even the clear of an incident that is open now. The delivery log keeps what was sent.`}
      {opened ? losses(channel.id) : null}
    </Confirm>
  );
};

/** What else can be done with a channel. */
export const ChannelMenu = ({ channel, slots }: Props) => {
  const { name } = channel;
  const [editing, edit] = useDisclosure(false);
  const [rotating, rotate] = useDisclosure(false);
  const [rotated, setRotated] = useState(rotating);
  if (rotating && !rotated) setRotated(true);
  const [asking, ask] = useDisclosure(false);
  const trigger = useRef<HTMLButtonElement>(null);
  /** The item that opened it is gone with the menu: the focus goes back to where that is opened. */
  const thenBack = (close: () => void) => (): void => {
    close();
    trigger.current?.focus();
  };
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon ref={trigger} variant="subtle" color="gray" size="lg" aria-label={t`Actions for ${name}`}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={edit.open}>
            <Trans>Edit</Trans>
          </Menu.Item>
          {channel.kind === 'webhook' ? (
            <Menu.Item leftSection={<IconKey size={16} aria-hidden />} onClick={rotate.open}>
              <Trans>Rotate signing secret</Trans>
            </Menu.Item>
          ) : null}
          <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={ask.open}>
            <Trans>Delete</Trans>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {editing ? (
        <Suspense>
          <EditChannel channel={channel} onClose={thenBack(edit.close)} slots={slots} />
        </Suspense>
      ) : null}
      {rotated ? (
        <Suspense>
          <RotateSecret channel={channel} opened={rotating} onClose={thenBack(rotate.close)} />
        </Suspense>
      ) : null}
      <DeleteChannel channel={channel} opened={asking} onClose={thenBack(ask.close)} losses={slots.losses} />
    </>
  );
};
