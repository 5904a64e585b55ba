import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import styles from './undo-message.module.css';

/** `onUndo`: whether it is taken back; else it can be tried again. */
type Props = Readonly<{ children: ReactNode; onUndo: (() => Promise<boolean>) | undefined }>;

/** What was done, and the way back. */
export const UndoMessage = ({ children, onUndo }: Props) => {
  const [state, setState] = useState<'done' | 'undoing' | 'undone'>('done');
  return (
    <span className={styles.undo}>
      <span>{children}</span>
      {onUndo === undefined ? null : (
        <Button
          size="compact-sm"
          variant="light"
          disabled={state === 'undone'}
          loading={state === 'undoing'}
          onClick={() => {
            setState('undoing');
            void onUndo().then((undone) => setState(undone ? 'undone' : 'done'));
          }}
        >
          {state === 'undone' ? <Trans>Taken back</Trans> : <Trans>Undo</Trans>}
        </Button>
      )}
    </span>
  );
};
