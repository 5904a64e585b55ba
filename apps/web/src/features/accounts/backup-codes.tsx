import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, CopyButton, Group, Stack, Text } from '@mantine/core';
import { IconCopy, IconDownload } from '@tabler/icons-react';
import styles from './accounts.module.css';

/** The strict CSP forbids data: URLs, not blobs of the page's own making. */
const save = (codes: readonly string[]): void => {
  const href = URL.createObjectURL(new Blob([`${codes.join('\n')}\n`], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = href;
  link.download = 'farwatch-backup-codes.txt';
  link.click();
  URL.revokeObjectURL(href);
};

type Props = Readonly<{ codes: readonly string[]; onDone: () => void }>;

/** Shown this once: each logs in once when the app is lost. */
export const BackupCodes = ({ codes, onDone }: Props) => (
  <Stack gap="sm">
    <Text size="sm">
      <Trans>
        Keep these backup codes where you keep passwords. Each stands in for the app once, and they are not shown again.
      </Trans>
    </Text>
    <ul className={styles.codes} aria-label={t`Backup codes`}>
      {codes.map((code) => (
        <li key={code}>
          <code>{code}</code>
        </li>
      ))}
    </ul>
    <Group justify="space-between" gap="xs">
      <Group gap="xs">
        <CopyButton value={codes.join('\n')} timeout={2_000}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy} leftSection={<IconCopy size={16} aria-hidden />}>
              {copied ? <Trans>Copied</Trans> : <Trans>Copy</Trans>}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" onClick={() => save(codes)} leftSection={<IconDownload size={16} aria-hidden />}>
          <Trans>Download</Trans>
        </Button>
      </Group>
      <Button onClick={onDone}>
        <Trans>I have kept them</Trans>
      </Button>
    </Group>
  </Stack>
);
