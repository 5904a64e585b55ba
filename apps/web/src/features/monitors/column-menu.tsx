import { i18n } from '@lingui/core';
import { t } from '@lingui/core/macro';
import { ActionIcon, Menu } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import { type ColumnId, columnIds, columnOf, optionalColumns } from './monitor-columns.tsx';
import styles from './monitors.module.css';

type Props = Readonly<{ shown: readonly ColumnId[]; onShown: (shown: readonly ColumnId[]) => void }>;

/** Which columns the table has. */
export const ColumnMenu = ({ shown, onShown }: Props) => (
  <Menu position="bottom-end" closeOnItemClick={false} withinPortal>
    <Menu.Target>
      <ActionIcon className={styles.columnMenu} variant="default" size={36} aria-label={t`Columns`} title={t`Columns`}>
        <IconColumns3 size={18} aria-hidden />
      </ActionIcon>
    </Menu.Target>
    <Menu.Dropdown>
      {optionalColumns.map((id) => {
        const has = shown.includes(id);
        return (
          <Menu.CheckboxItem
            key={id}
            checked={has}
            onChange={() => onShown(columnIds.filter((each) => (each === id ? !has : shown.includes(each))))}
          >
            {i18n.t(columnOf(id).header)}
          </Menu.CheckboxItem>
        );
      })}
    </Menu.Dropdown>
  </Menu>
);
