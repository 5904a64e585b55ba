import { t } from '@lingui/core/macro';
import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { messageOf } from '../api/call-error.ts';
import { UndoMessage } from './undo-message.tsx';

const undoForMs = 20_000;

/** Says that something is deleted, and offers for a while to bring it back; when that fails, says why. */
export const tellDeleted = (text: ReactNode, restore: () => Promise<unknown>): void => {
  const undo = (): Promise<boolean> =>
    restore().then(
      () => true,
      (error: unknown) => {
        notifications.show({ color: 'red', title: t`It could not be brought back`, message: messageOf(error) });
        return false;
      },
    );
  notifications.show({ autoClose: undoForMs, message: <UndoMessage onUndo={undo}>{text}</UndoMessage> });
};
