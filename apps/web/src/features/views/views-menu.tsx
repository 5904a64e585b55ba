import type { SavedViewView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Menu } from '@mantine/core';
import { IconBookmark, IconBookmarkFilled, IconPencil, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { type Place, savedViewsQuery } from './queries.ts';
import { sameSearch, wordsOf } from './same-search.ts';
import { useDefaultView } from './use-default-view.ts';
import styles from './views.module.css';

const ViewDialog = lazy(async () => ({ default: (await import('./view-dialog.tsx')).ViewDialog }));

/** What the dialog is open for: a new view, or one that is there. */
type Editing = 'new' | SavedViewView | null;

const paths = { monitors: '/', incidents: '/incidents' } as const satisfies Record<Place, string>;

type ItemsProps = Readonly<{
  views: readonly SavedViewView[];
  current: SavedViewView | undefined;
  onOpen: (view: SavedViewView) => void;
  onEdit: (editing: Editing) => void;
}>;

const Items = ({ views, current, onOpen, onEdit }: ItemsProps) => (
  <>
    {views.map((view) => (
      <Menu.Item
        key={view.id}
        leftSection={
          view === current ? <IconBookmarkFilled size={16} aria-hidden /> : <IconBookmark size={16} aria-hidden />
        }
        aria-current={view === current ? 'true' : undefined}
        rightSection={
          <span className={styles.remark}>
            {view.isDefault ? <Trans>Default</Trans> : view.visibility === 'shared' ? <Trans>Shared</Trans> : null}
          </span>
        }
        onClick={() => onOpen(view)}
      >
        <span className={styles.name}>{view.name}</span>
      </Menu.Item>
    ))}
    {views.length === 0 ? (
      <Menu.Label className={styles.empty}>
        <Trans>A view keeps what you search, filter and sort by under a name.</Trans>
      </Menu.Label>
    ) : (
      <Menu.Divider />
    )}
    {current?.own === true ? (
      <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => onEdit(current)}>
        {t`Rename, share or delete “${current.name}”`}
      </Menu.Item>
    ) : null}
    {current === undefined ? (
      <Menu.Item leftSection={<IconPlus size={16} aria-hidden />} onClick={() => onEdit('new')}>
        <Trans>Save this view</Trans>
      </Menu.Item>
    ) : null}
  </>
);

/** The saved views of a list: open one, save what is shown, change one. For a page's toolbar. */
export const ViewsMenu = ({ place }: { readonly place: Place }) => {
  const { data = [] } = useQuery(savedViewsQuery);
  const search = useSearch({ strict: false });
  const navigate = useNavigate();
  const [editing, setEditing] = useState<Editing>(null);
  const views = data.filter((view) => view.place === place);
  const current = views.find((view) => sameSearch(view.search, search));
  useDefaultView(place, views, search, paths[place]);
  return (
    <>
      <Menu position="bottom-end" width={280} withinPortal={false}>
        <Menu.Target>
          <Button variant="default" leftSection={<IconBookmark size={16} aria-hidden />}>
            {current === undefined ? <Trans>Views</Trans> : <span className={styles.current}>{current.name}</span>}
          </Button>
        </Menu.Target>
        <Menu.Dropdown className={styles.menu}>
          <Items
            views={views}
            current={current}
            onOpen={(view) => void navigate({ to: paths[place], search: view.search })}
            onEdit={setEditing}
          />
        </Menu.Dropdown>
      </Menu>
      <Suspense>
        {editing === null ? null : (
          <ViewDialog
            place={place}
            before={editing === 'new' ? null : editing}
            search={wordsOf(search)}
            onClose={() => setEditing(null)}
          />
        )}
      </Suspense>
    </>
  );
};
