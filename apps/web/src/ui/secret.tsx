import { Trans } from '@lingui/react/macro';
import { Button, CopyButton, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import styles from './secret.module.css';

/** Something that is shown this once, with a way to take it along. */
export const Secret = ({ label, value }: { readonly label: string; readonly value: string }) => (
  <div className={styles.secret}>
    <span className={styles.value}>
      <VisuallyHidden>{label}: </VisuallyHidden>
      <code>{value}</code>
    </span>
    <CopyButton value={value} timeout={2_000}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          onClick={copy}
          leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
        >
          {copied ? <Trans>Copied</Trans> : <Trans>Copy</Trans>}
        </Button>
      )}
    </CopyButton>
  </div>
);
