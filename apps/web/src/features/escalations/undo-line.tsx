import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import styles from './editor.module.css';
import type { Removed } from './use-steps.ts';

/** Stands where something was taken out, and brings it back. */
export const UndoLine = ({ removed, onUndo }: { removed: Removed; onUndo: () => void }) => (
  <div className={styles.undo}>
    <span>
      {removed.kind === 'step' ? <Trans>Step {removed.at + 1} was removed.</Trans> : <Trans>Taken out.</Trans>}
    </span>
    <Button
      data-undo
      size="compact-sm"
      variant="light"
      leftSection={<IconArrowBackUp size={14} aria-hidden />}
      onClick={onUndo}
    >
      <Trans>Undo</Trans>
    </Button>
  </div>
);
