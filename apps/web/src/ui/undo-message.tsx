import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type ReactNode, useState } from 'react';
import { messageOf } from '../api/call-error.ts';
import styles from './undo-message.module.css';

/** Takes it back; when that fails it says why, and can be tried again. */
type Undo = () => Promise<unknown>;
type Props = Readonly<{ children: ReactNode; onUndo: Undo | undefined }>;

/** What was done, and the way back. */
export const UndoMessage = ({ children, onUndo }: Props) => {
  const [state, setState] = useState<'done' | 'undoing' | 'undone'>('done');
  const [error, setError] = useState<unknown>(null);
  const undo = (takeBack: Undo): void => {
    setState('undoing');
    setError(null);
    takeBack().then(
      () => setState('undone'),
      (why: unknown) => {
        setState('done');
        setError(why);
      },
    );
  };
  return (
    <span className={styles.undo}>
      <span>
        {children}
        {error === null ? null : (
          <span role="alert" className={styles.fault}>
            {messageOf(error)}
          </span>
        )}
      </span>
      {onUndo === undefined ? null : (
        <Button
          size="compact-sm"
          variant="light"
          disabled={state === 'undone'}
          loading={state === 'undoing'}
          onClick={() => undo(onUndo)}
        >
          {state === 'undone' ? <Trans>Taken back</Trans> : <Trans>Undo</Trans>}
        </Button>
      )}
    </span>
  );
};

export const undoForMs = 20_000;

/** Says what was done, with the way back for a while. */
export const tellUndo = (done: ReactNode, onUndo: Undo | undefined): void =>
  void notifications.show({ autoClose: undoForMs, message: <UndoMessage onUndo={onUndo}>{done}</UndoMessage> });
