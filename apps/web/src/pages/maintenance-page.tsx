import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { NewWindow } from '../features/maintenance/new-window.tsx';
import { WindowsList } from '../features/maintenance/windows-list.tsx';
import card from '../ui/page.module.css';
import { Page } from '../ui/page.tsx';
import { useMonitorChoices } from './monitor-choices.ts';

export const MaintenancePage = () => {
  const [adding, add] = useDisclosure(false);
  const choices = useMonitorChoices();
  return (
    <Page
      title="Maintenance"
      note="In a window checks go on, and alerts wait for its end."
      actions={
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={add.open}>
          Plan maintenance
        </Button>
      }
    >
      <div className={card.card}>
        <WindowsList onAdd={add.open} />
      </div>
      <NewWindow opened={adding} choices={choices} onClose={add.close} />
    </Page>
  );
};
