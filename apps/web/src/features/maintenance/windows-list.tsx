import type { MaintenanceWindowView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNow } from '../../ui/clock.ts';
import { Duration } from '../../ui/duration.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Instant } from '../../ui/instant.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import table from '../../ui/table.module.css';
import { momentOf } from '../../ui/wall-time.ts';
import { useZone } from '../../ui/zone.ts';
import styles from './maintenance.module.css';
import { windowsQuery } from './queries.ts';
import { ruleWords } from './repeats.ts';
import { DeleteWindow } from './window-acts.tsx';
import { wallStart } from './window-values.ts';
import { forWhom, runningOf } from './window-words.ts';

type Open = Readonly<{ onOpen: (windowId: string) => void; onEdit: (windowId: string) => void }>;

const When = ({ window }: { readonly window: MaintenanceWindowView }) => {
  const now = useNow();
  const running = runningOf(window, now);
  if (running !== null)
    return (
      <StateBadge tone="calm">
        <Trans>
          Runs until <Instant at={running.until} to="minute" />
        </Trans>
      </StateBadge>
    );
  if (window.next !== null) return <Instant at={window.next.from} to="weekday" />;
  // The API looks 60 days ahead; when it begins is known however far away that is. A rule may leave its own start out.
  const { startsAt } = window;
  const first = startsAt.endsWith('Z') ? startsAt : momentOf(wallStart(window), window.timeZone);
  if (first !== null && Date.parse(first) > now) {
    const begins = <Instant at={first} to="weekday" />;
    return window.rule === null ? begins : <Trans>from {begins}</Trans>;
  }
  return window.rule === null ? <Trans>over</Trans> : <Trans>over, or more than 60 days away</Trans>;
};

const Row = ({ window, onOpen, onEdit }: Open & Readonly<{ window: MaintenanceWindowView }>) => {
  const zone = useZone();
  return (
    <tr>
      <td className={table.grow}>
        <button type="button" className={styles.open} onClick={() => onOpen(window.id)}>
          {window.name}
        </button>
        <div className={styles.soft}>{forWhom(window)}</div>
      </td>
      <td className={table.fixed} data-label={t`Next`}>
        <When window={window} />
      </td>
      <td className={table.fixed} data-label={t`Lasts`}>
        <Duration ms={window.durationMs} />
      </td>
      <td className={styles.rule} data-label={t`Repeats`}>
        {ruleWords(window.rule, wallStart(window))}
        {window.rule === null || window.timeZone === zone ? null : <div className={styles.soft}>{window.timeZone}</div>}
      </td>
      <td className={table.number}>
        <Group gap="xs" justify="flex-end" wrap="nowrap">
          <Button variant="default" size="xs" onClick={() => onEdit(window.id)} aria-label={t`Edit ${window.name}`}>
            <Trans>Edit</Trans>
          </Button>
          <DeleteWindow window={window} />
        </Group>
      </td>
    </tr>
  );
};

/** The windows, newest first, with what runs and what comes next. */
export const WindowsList = ({ onAdd, ...open }: Open & { readonly onAdd: () => void }) => {
  const query = useQuery(windowsQuery);
  switch (query.status) {
    case 'pending':
      return <Skeletons rows={3} height={56} label={t`Loading maintenance windows`} />;
    case 'error':
      return (
        <Problem
          title={t`Maintenance windows could not be loaded`}
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      );
    case 'success':
      return query.data.length === 0 ? (
        <EmptyState
          title={t`No maintenance is planned`}
          action={
            <Button onClick={onAdd}>
              <Trans>Plan maintenance</Trans>
            </Button>
          }
        >
          <Trans>In a window checks go on and alerts wait for its end.</Trans>
        </EmptyState>
      ) : (
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Window</Trans>
              </th>
              <th scope="col">
                <Trans>Next</Trans>
              </th>
              <th scope="col">
                <Trans>Lasts</Trans>
              </th>
              <th scope="col">
                <Trans>Repeats</Trans>
              </th>
              <th scope="col">
                <VisuallyHidden>
                  <Trans>Actions</Trans>
                </VisuallyHidden>
              </th>
            </tr>
          </thead>
          <tbody>
            {query.data.map((window) => (
              <Row key={window.id} window={window} {...open} />
            ))}
          </tbody>
        </table>
      );
  }
};
