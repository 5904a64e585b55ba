import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { ApiKeysList } from '../features/api-keys/api-keys-list.tsx';
import { NewApiKey } from '../features/api-keys/new-api-key.tsx';
import { SharesList } from '../features/results/shares-list.tsx';
import card from '../ui/page.module.css';
import { Page, Section } from '../ui/page.tsx';
import styles from './pages.module.css';

export const ApiKeysPage = () => {
  const [adding, add] = useDisclosure(false);
  return (
    <Page
      title={t`API keys`}
      note={
        <Trans>
          For the REST API, described at{' '}
          <a className={styles.link} href="/docs">
            /docs
          </a>
          .
        </Trans>
      }
      actions={
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={add.open}>
          <Trans>Make key</Trans>
        </Button>
      }
    >
      <div className={card.card}>
        <ApiKeysList onAdd={add.open} />
      </div>
      <Section title={t`Shared links`}>
        <SharesList inset />
      </Section>
      <NewApiKey opened={adding} onClose={add.close} />
    </Page>
  );
};
