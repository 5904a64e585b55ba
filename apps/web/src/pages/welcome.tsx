import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { ChannelsList } from '../features/channels/channels-list.tsx';
import { Section } from '../ui/page.tsx';
import { AddChannel } from './add-channel.tsx';
import { useChannelSlots } from './channel-slots.tsx';
import styles from './pages.module.css';

/** The last of the first steps: who is told, with a test of it. */
export const Welcome = ({ onDone }: { readonly onDone: () => void }) => {
  const [adding, add] = useDisclosure(false);
  const slots = useChannelSlots();
  return (
    <Section
      title={t`Where should we tell you?`}
      aside={
        <span className={styles.asides}>
          <Button variant="default" size="xs" onClick={add.open}>
            <Trans>Add a channel</Trans>
          </Button>
          <Button variant="light" size="xs" onClick={onDone}>
            <Trans>Done</Trans>
          </Button>
        </span>
      }
    >
      <ChannelsList fixed onAdd={add.open} slots={slots} />
      <AddChannel opened={adding} onClose={add.close} slots={slots} />
    </Section>
  );
};
