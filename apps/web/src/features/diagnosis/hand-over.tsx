import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBraces, IconCopy, IconPrinter, IconTruckDelivery } from '@tabler/icons-react';
import { handOverLink, handOverText } from './queries.ts';

const copyText = async (incidentId: string): Promise<void> => {
  try {
    await navigator.clipboard.writeText(await handOverText(incidentId));
    notifications.show({ message: t`Copied. Paste it into a ticket.` });
  } catch {
    notifications.show({ color: 'red', message: t`It could not be copied. Open the page to print instead.` });
  }
};

/** What a hosting provider needs to find the outage on its side. */
export const HandOver = ({ incidentId }: { readonly incidentId: string }) => (
  <Menu position="bottom-end">
    <Menu.Target>
      <Button variant="default" size="xs" leftSection={<IconTruckDelivery size={15} aria-hidden />}>
        <Trans>For your hosting provider</Trans>
      </Button>
    </Menu.Target>
    <Menu.Dropdown>
      <Menu.Item leftSection={<IconCopy size={15} aria-hidden />} onClick={() => void copyText(incidentId)}>
        <Trans>Copy as text</Trans>
      </Menu.Item>
      <Menu.Item
        component="a"
        href={handOverLink(incidentId, 'json')}
        download={`incident-${incidentId}.json`}
        leftSection={<IconBraces size={15} aria-hidden />}
      >
        <Trans>Download as JSON</Trans>
      </Menu.Item>
      <Menu.Item
        component="a"
        href={handOverLink(incidentId, 'page')}
        target="_blank"
        rel="noreferrer"
        leftSection={<IconPrinter size={15} aria-hidden />}
      >
        <Trans>Open the page to print</Trans>
      </Menu.Item>
    </Menu.Dropdown>
  </Menu>
);
