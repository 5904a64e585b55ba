import type { MonitorView } from '@farwatch/contracts';
import { ActionIcon, Button, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconDots, IconPlayerPause, IconPlayerPlay, IconRefresh, IconTrash } from '@tabler/icons-react';
import { messageOf } from '../../api/call-error.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { useCheckNow, useDeleteMonitor, usePauseOrResume } from './queries.ts';

type Props = Readonly<{ monitor: MonitorView; onDeleted?: () => void }>;

const failed = (error: Error): void => {
  notifications.show({ color: 'red', title: 'That did not work', message: messageOf(error) });
};

const useActs = ({ monitor, onDeleted }: Props) => {
  const pauseOrResume = usePauseOrResume();
  const [asking, ask] = useDisclosure(false);
  const paused = monitor.pausedAt !== null;
  const toggle = (): void =>
    pauseOrResume.mutate({ monitorId: monitor.id, act: paused ? 'resume' : 'pause' }, { onError: failed });
  const dialog = <DeleteMonitor monitor={monitor} opened={asking} onClose={ask.close} onDeleted={onDeleted} />;
  return { paused, toggle, toggling: pauseOrResume.isPending, ask: ask.open, dialog };
};

type DeleteProps = Readonly<{
  monitor: MonitorView;
  opened: boolean;
  onClose: () => void;
  onDeleted: (() => void) | undefined;
}>;

const DeleteMonitor = ({ monitor, opened, onClose, onDeleted }: DeleteProps) => {
  const remove = useDeleteMonitor();
  return (
    <Confirm
      opened={opened}
      title={`Delete ${monitor.name}?`}
      action="Delete monitor"
      busy={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(monitor.id, {
          onSuccess: () => {
            onClose();
            notifications.show({ message: `${monitor.name} was deleted.` });
            onDeleted?.();
          },
        })
      }
    >
      Farwatch stops watching {monitor.url}. Its response log, its incidents and their delivery records are lost. This
      cannot be undone; to keep them, pause the monitor instead.
    </Confirm>
  );
};

/** The acts on one row of the list. */
export const MonitorMenu = (props: Props) => {
  const { paused, toggle, ask, dialog } = useActs(props);
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`Actions for ${props.monitor.name}`}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={paused ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />}
            onClick={toggle}
          >
            {paused ? 'Resume' : 'Pause'}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={ask}>
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog}
    </>
  );
};

/** The acts at the head of a monitor's own page. */
export const MonitorButtons = (props: Props) => {
  const { paused, toggle, toggling, ask, dialog } = useActs(props);
  const checkNow = useCheckNow(props.monitor.id);
  const look = (): void =>
    checkNow.mutate(undefined, {
      onSuccess: ({ regions }) => notifications.show({ message: `Looking from ${regions.join(', ')}.` }),
      onError: failed,
    });
  return (
    <>
      {paused ? null : (
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} aria-hidden />}
          loading={checkNow.isPending}
          onClick={look}
        >
          Check now
        </Button>
      )}
      <Button
        variant="default"
        leftSection={paused ? <IconPlayerPlay size={16} aria-hidden /> : <IconPlayerPause size={16} aria-hidden />}
        loading={toggling}
        onClick={toggle}
      >
        {paused ? 'Resume' : 'Pause'}
      </Button>
      <ActionIcon variant="default" size={36} aria-label="Delete monitor" onClick={ask}>
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
      {dialog}
    </>
  );
};
