import '@mantine/spotlight/styles.layer.css';
import { i18n } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Kbd } from '@mantine/core';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { incidentsQuery } from '../../features/incidents/queries.ts';
import { monitorsQuery } from '../../features/monitors/queries.ts';
import { useActEntries } from './act-entries.ts';
import { type Entry, type Section, sectionsOf } from './entry.ts';
import { useHereEntries } from './here-entries.ts';
import styles from './palette.module.css';
import { usePlaceEntries } from './place-entries.ts';
import { recentIds, rememberId } from './recent.ts';
import { useIncidentEntries, useMonitorEntries } from './thing-entries.ts';
import { useViewEntries } from './view-entries.ts';

const [store, spotlight] = createSpotlight();

const names = {
  recent: msg`Lately`,
  acts: msg`Do`,
  views: msg`Views`,
  incidents: msg`Down now`,
  monitors: msg`Monitors`,
  places: msg`Go to`,
} as const satisfies Record<Section['group'], unknown>;

type Props = Readonly<{ withMails: boolean; onShortcuts: () => void; onClose: () => void }>;

const useEntries = ({ withMails, onShortcuts }: Props): readonly Entry[] => {
  const { data: monitors = [] } = useQuery(monitorsQuery);
  const { data } = useInfiniteQuery(incidentsQuery({ status: 'open' }));
  const incidents = data?.pages.flatMap(({ items }) => items) ?? [];
  const here = useHereEntries(monitors, incidents);
  const acts = useActEntries(onShortcuts);
  const open = useIncidentEntries(incidents);
  const all = useMonitorEntries(monitors);
  const views = useViewEntries();
  const places = usePlaceEntries(withMails);
  return [...here, ...acts, ...open, ...all, ...views, ...places];
};

const Line = ({ entry: { id, label, note, keys, icon: Icon, run } }: { readonly entry: Entry }) => (
  <Spotlight.Action
    className={styles.action}
    onClick={() => {
      rememberId(id);
      run();
    }}
  >
    <span className={styles.icon}>
      <Icon size={18} aria-hidden />
    </span>
    <span className={styles.text}>
      <span className={styles.label}>{label}</span>
      {note === undefined ? null : <span className={styles.note}>{note}</span>}
    </span>
    {keys === undefined ? null : (
      <span className={styles.keys}>
        {keys.split(' ').map((key) => (
          <Kbd key={key} size="xs">
            {key}
          </Kbd>
        ))}
      </span>
    )}
  </Spotlight.Action>
);

/** Everything that can be gone to or done, by typing a part of its name. */
export const Palette = (props: Props) => {
  const [query, setQuery] = useState('');
  const [recent] = useState(recentIds);
  const sections = sectionsOf(useEntries(props), query, recent);
  useEffect(() => spotlight.open(), []);
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={props.onClose}
      shortcut={null}
      lockScroll={false}
      attributes={{ content: { 'aria-label': t`Command palette` } }}
      scrollable
      maxHeight="min(460px, 60dvh)"
      size={620}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
    >
      <Spotlight.Search
        aria-label={t`Search for a monitor, a page or something to do`}
        placeholder={t`Search for a monitor, a page or something to do`}
        leftSection={<IconSearch size={18} aria-hidden />}
      />
      <Spotlight.ActionsList>
        {sections.map(({ group, entries }) => (
          <Spotlight.ActionsGroup key={group} label={i18n.t(names[group])}>
            {entries.map((entry) => (
              <Line key={entry.id} entry={entry} />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {sections.length > 0 ? null : (
          <Spotlight.Empty>
            <Trans>Nothing here is called that.</Trans>
          </Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
};
