import type { IncidentView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Menu, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconDownload, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { Choice } from '../../ui/choice.ts';
import { useTold } from '../../ui/use-told.ts';
import { WhenField } from '../../ui/when-field.tsx';
import styles from './incidents.module.css';
import { type IncidentFilter, incidentsLink } from './queries.ts';
import type { IncidentsView } from './view.ts';

type Props = Readonly<{
  view: IncidentsView;
  monitors: readonly Choice[];
  filter: IncidentFilter;
  onView: (view: IncidentsView) => void;
}>;

const searchMs = 250;

const Search = ({ view, onView }: Pick<Props, 'view' | 'onView'>) => {
  const told = view.search ?? '';
  const [text, setText] = useState(told);
  const send = useDebouncedCallback((search: string) => {
    if (search !== told) say(search);
    onView({ ...view, search: search || undefined });
  }, searchMs);
  const say = useTold(told, () => {
    send.cancel();
    setText(told);
  });
  return (
    <TextInput
      type="search"
      data-search
      className={styles.search}
      aria-label={t`Search incidents by monitor`}
      placeholder={t`Monitor or URL`}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={text}
      onChange={({ currentTarget: { value } }) => {
        setText(value);
        send(value.trim());
      }}
    />
  );
};

const statusOf = (value: string): IncidentView['status'] | undefined =>
  value === 'open' || value === 'resolved' ? value : undefined;

const Download = ({ filter }: Pick<Props, 'filter'>) => (
  <Menu position="bottom-end">
    <Menu.Target>
      <Button className={styles.download} variant="default" leftSection={<IconDownload size={16} aria-hidden />}>
        <Trans>Download</Trans>
      </Button>
    </Menu.Target>
    <Menu.Dropdown>
      <Menu.Item component="a" href={incidentsLink(filter, 'csv')} download="incidents.csv">
        <Trans>As CSV</Trans>
      </Menu.Item>
      <Menu.Item component="a" href={incidentsLink(filter, 'ndjson')} download="incidents.ndjson">
        <Trans>As NDJSON</Trans>
      </Menu.Item>
    </Menu.Dropdown>
  </Menu>
);

/** Which incidents: all of it stands in the URL. */
export const IncidentFilters = ({ view, monitors, filter, onView }: Props) => (
  <div className={styles.filters}>
    <SegmentedControl
      aria-label={t`Which incidents`}
      data={[
        { value: 'all', label: t`All` },
        { value: 'open', label: t`Down now` },
        { value: 'resolved', label: t`Cleared` },
      ]}
      value={view.status ?? 'all'}
      onChange={(value) => onView({ ...view, status: statusOf(value) })}
    />
    <Download filter={filter} />
    <Search view={view} onView={onView} />
    <Select
      className={styles.when}
      aria-label={t`Monitor`}
      placeholder={t`Any monitor`}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t`Any monitor` }}
      data={[...monitors]}
      value={view.monitor ?? null}
      onChange={(monitor) => onView({ ...view, monitor: monitor ?? undefined })}
    />
    <WhenField
      className={styles.when}
      label={t`When they started`}
      value={view}
      onChange={({ span, from, to }) => onView({ ...view, span, from, to })}
    />
  </div>
);
