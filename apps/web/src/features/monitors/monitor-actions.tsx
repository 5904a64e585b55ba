import type { MonitorView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { ActionIcon, Button, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconDots, IconPlayerPause, IconPlayerPlay, IconRefresh, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { messageOf } from '../../api/call-error.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { useCheckNow, usePauseOrResume } from './queries.ts';
import { useBulk } from './use-bulk.tsx';

type Props = Readonly<{ monitor: MonitorView; onDeleted?: () => void }>;

const failed = (error: Error): void => {
  notifications.show({ color: 'red', title: t`That did not work`, message: messageOf(error) });
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
  const bulk = useBulk();
  return (
    <Confirm
      opened={opened}
      title={t`Delete ${monitor.name}?`}
      action={t`Delete monitor`}
      busy={bulk.isPending}
      error={null}
      onClose={onClose}
      onConfirm={() =>
        bulk.mutate(
          { action: { kind: 'delete' }, monitors: [monitor] },
          {
            onSuccess: () => {
              onClose();
              onDeleted?.();
            },
          },
        )
      }
    >
      {t`Farwatch stops watching ${monitor.url}. Its response log, its incidents and their delivery records go with it. You can undo this right afterwards; after 24 hours they are lost for good.`}
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
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t`Actions for ${props.monitor.name}`}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={paused ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />}
            onClick={toggle}
          >
            {paused ? <Trans>Resume</Trans> : <Trans>Pause</Trans>}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={ask}>
            <Trans>Delete</Trans>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog}
    </>
  );
};

/** The acts at the head of a monitor's own page; what is put between them stands before the one that destroys. */
export const MonitorButtons = ({ children, ...props }: Props & { readonly children?: ReactNode }) => {
  const { paused, toggle, toggling, ask, dialog } = useActs(props);
  const checkNow = useCheckNow(props.monitor.id);
  const look = (): void =>
    checkNow.mutate(undefined, {
      onSuccess: ({ regions }) => notifications.show({ message: t`Looking from ${regions.join(', ')}.` }),
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
          <Trans>Check now</Trans>
        </Button>
      )}
      <Button
        variant="default"
        leftSection={paused ? <IconPlayerPlay size={16} aria-hidden /> : <IconPlayerPause size={16} aria-hidden />}
        loading={toggling}
        onClick={toggle}
      >
        {paused ? <Trans>Resume</Trans> : <Trans>Pause</Trans>}
      </Button>
      {children}
      <ActionIcon variant="default" size={36} aria-label={t`Delete monitor`} onClick={ask}>
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
      {dialog}
    </>
  );
};
