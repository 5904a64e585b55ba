import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import styles from './undo-message.module.css';

type Props = Readonly<{ children: ReactNode; onUndo: (() => void) | undefined }>;

/** What was done, and the way back. */
export const UndoMessage = ({ children, onUndo }: Props) => {
  const [undone, setUndone] = useState(false);
  return (
    <span className={styles.undo}>
      <span>{children}</span>
      {onUndo === undefined ? null : (
        <Button
          size="compact-sm"
          variant="light"
          disabled={undone}
          onClick={() => {
            setUndone(true);
            onUndo();
          }}
        >
          {undone ? <Trans>Taken back</Trans> : <Trans>Undo</Trans>}
        </Button>
      )}
    </span>
  );
};
