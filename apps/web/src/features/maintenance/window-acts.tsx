import type { MaintenanceWindowView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { messageOf } from '../../api/call-error.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { tellUndo } from '../../ui/undo-message.tsx';
import { useDeleteWindow, useEndWindow, useRestoreWindow, useResumeWindow } from './queries.ts';

type Props = Readonly<{ window: MaintenanceWindowView; onDone?: () => void }>;

/** Ends what runs of it now; for a while it can run on. */
export const EndWindow = ({ window }: Props) => {
  const { mutateAsync: resume } = useResumeWindow();
  const end = useEndWindow(() => tellUndo(t`${window.name} is ended.`, () => resume(window.id)));
  const failed = (error: Error): void => {
    notifications.show({ color: 'red', title: t`${window.name} could not be ended`, message: messageOf(error) });
  };
  return (
    <Button
      variant="default"
      size="xs"
      loading={end.isPending}
      onClick={() => end.mutate(window.id, { onError: failed })}
      aria-label={t`End now: ${window.name}`}
    >
      <Trans>End now</Trans>
    </Button>
  );
};

/** Deletes it, after a question; it can be brought back for a while. */
export const DeleteWindow = ({ window, onDone }: Props) => {
  const [asking, ask] = useDisclosure(false);
  const { mutateAsync: restore } = useRestoreWindow();
  const remove = useDeleteWindow(() => {
    ask.close();
    tellUndo(t`${window.name} is deleted.`, () => restore(window.id));
    onDone?.();
  });
  return (
    <>
      <Button variant="default" size="xs" onClick={ask.open} aria-label={t`Delete ${window.name}`}>
        <Trans>Delete</Trans>
      </Button>
      <Confirm
        opened={asking}
        title={t`Delete ${window.name}?`}
        action={t`Delete window`}
        busy={remove.isPending}
        error={remove.error}
        onClose={ask.close}
        onConfirm={() => remove.mutate(window.id)}
      >
        <Trans>What runs of it ends now, and alerts that waited for it go out. What has been stays as it was.</Trans>
      </Confirm>
    </>
  );
};
