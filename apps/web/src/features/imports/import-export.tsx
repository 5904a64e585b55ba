import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { ActionIcon, Menu } from '@mantine/core';
import { IconDatabaseImport, IconDownload, IconTransfer } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { exportHref } from './queries.ts';

const formats = ['yaml', 'csv', 'json'] as const;

/** Monitors from elsewhere, and to elsewhere. */
export const ImportExport = () => (
  <Menu position="bottom-end" withinPortal>
    <Menu.Target>
      <ActionIcon variant="default" size={36} aria-label={t`Import and export`} title={t`Import and export`}>
        <IconTransfer size={18} aria-hidden />
      </ActionIcon>
    </Menu.Target>
    <Menu.Dropdown>
      <Menu.Item component={Link} to="/monitors/import" leftSection={<IconDatabaseImport size={16} aria-hidden />}>
        <Trans>Import</Trans>
      </Menu.Item>
      <Menu.Divider />
      {formats.map((format) => {
        const name = format.toUpperCase();
        return (
          <Menu.Item
            key={format}
            component="a"
            href={exportHref(format)}
            download
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            {t`Export as ${name}`}
          </Menu.Item>
        );
      })}
    </Menu.Dropdown>
  </Menu>
);
