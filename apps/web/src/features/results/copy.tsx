import { t } from '@lingui/core/macro';
import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';

/** Takes a text along. `what` is said to whoever can't see what it stands beside. */
export const Copy = ({ value, what }: Readonly<{ value: string; what: string }>) => (
  <CopyButton value={value} timeout={2_000}>
    {({ copied, copy }) => (
      <Button
        size="compact-xs"
        variant="subtle"
        aria-label={copied ? t`Copied: ${what}` : t`Copy: ${what}`}
        leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
        onClick={copy}
      >
        {copied ? t`Copied` : t`Copy`}
      </Button>
    )}
  </CopyButton>
);
