import type { IncidentView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Menu, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconDownload, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { Choice } from '../../ui/choice.ts';
import { useTold } from '../../ui/use-told.ts';
import styles from './incidents.module.css';
import { type IncidentFilter, incidentsLink } from './queries.ts';
import { type IncidentsView, isSpan, type Span } from './view.ts';

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

const spanChoices = (): readonly (Choice & { value: Span | 'days' })[] => [
  { value: '24h', label: t`Last 24 hours` },
  { value: '7d', label: t`Last 7 days` },
  { value: '30d', label: t`Last 30 days` },
  { value: '90d', label: t`Last 90 days` },
  { value: 'days', label: t`From … to …` },
];

const Days = ({ view, onView }: Pick<Props, 'view' | 'onView'>) => (
  <>
    <TextInput
      type="date"
      aria-label={t`From the day`}
      value={view.from ?? ''}
      max={view.to}
      onChange={({ currentTarget }) => onView({ ...view, from: currentTarget.value || undefined })}
    />
    <TextInput
      type="date"
      aria-label={t`To the day`}
      value={view.to ?? ''}
      min={view.from}
      onChange={({ currentTarget }) => onView({ ...view, to: currentTarget.value || undefined })}
    />
  </>
);

const hasDays = ({ from, to }: IncidentsView): boolean => from !== undefined || to !== undefined;
const toldOf = ({ span, from, to }: IncidentsView): string => [span, from, to].join(' ');

const When = ({ view, onView }: Pick<Props, 'view' | 'onView'>) => {
  const told = toldOf(view);
  const [days, showDays] = useState(hasDays(view));
  const say = useTold(told, () => showDays(hasDays(view)));
  const show = (next: IncidentsView): void => {
    if (toldOf(next) !== told) say(toldOf(next));
    onView(next);
  };
  const choose = (value: string | null): void => {
    showDays(value === 'days');
    const { from: _from, to: _to, ...rest } = view;
    show({ ...rest, span: isSpan(value) ? value : undefined });
  };
  return (
    <>
      <Select
        className={styles.when}
        aria-label={t`When they started`}
        placeholder={t`Any time`}
        data={spanChoices()}
        value={days ? 'days' : (view.span ?? null)}
        clearable
        clearButtonProps={{ 'aria-label': t`Any time` }}
        onChange={choose}
      />
      {days ? <Days view={view} onView={show} /> : null}
    </>
  );
};

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
    <When view={view} onView={onView} />
  </div>
);
