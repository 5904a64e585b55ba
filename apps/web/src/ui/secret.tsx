import { Trans } from '@lingui/react/macro';
import { Button, VisuallyHidden } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect } from 'react';
import styles from './secret.module.css';

/** Only the whole of it is a copy. */
const isMarked = (value: string): boolean => document.getSelection()?.toString().includes(value) === true;

type Props = Readonly<{
  label: string;
  value: string;
  /** It is in the clipboard: by the button, or marked and copied by hand. */
  onCopied?: () => void;
}>;

/** Something that is shown this once, with a way to take it along. */
export const Secret = ({ label, value, onCopied }: Props) => {
  const { copied, copy } = useClipboard({ timeout: 2_000 });
  useEffect(() => {
    if (copied) onCopied?.();
  }, [copied, onCopied]);
  return (
    <div className={styles.secret}>
      <span className={styles.value}>
        <VisuallyHidden>{label}: </VisuallyHidden>
        <code onCopy={() => (isMarked(value) ? onCopied?.() : undefined)}>{value}</code>
      </span>
      <Button
        variant="default"
        onClick={() => copy(value)}
        leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
      >
        {copied ? <Trans>Copied</Trans> : <Trans>Copy</Trans>}
      </Button>
    </div>
  );
};
