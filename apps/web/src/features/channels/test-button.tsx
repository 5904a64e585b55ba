import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { messageOf } from '../../api/call-error.ts';
import styles from './channels.module.css';
import type { useTestChannel } from './queries.ts';
import type { ChannelSlots } from './slots.ts';

type Test = ReturnType<typeof useTestChannel>;

type ButtonProps = Readonly<{ test: Test; onTest: () => void; size?: 'xs' | 'sm' }>;

export const TestButton = ({ test, onTest, size = 'sm' }: ButtonProps) => (
  <Button
    variant="default"
    size={size}
    leftSection={<IconSend size={15} aria-hidden />}
    loading={test.isPending}
    onClick={onTest}
  >
    <Trans>Send test</Trans>
  </Button>
);

type Props = Readonly<{ test: Test; outcome: ChannelSlots['outcome']; quiet?: boolean }>;

/** What came of the test. `quiet`: what could not even be asked for is said elsewhere. */
export const TestResult = ({ test, outcome, quiet = false }: Props) => (
  <>
    {test.isError && !quiet ? (
      <p className={styles.failed} role="alert">
        <Trans>The test could not be sent:</Trans> {messageOf(test.error)}
      </p>
    ) : null}
    {test.data === undefined ? null : <div className={styles.outcome}>{outcome(test.data.id)}</div>}
  </>
);
