import type { MaintenanceWindowView } from '@farwatch/contracts';
import { Button, Group, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Confirm } from '../../ui/confirm.tsx';
import { Duration } from '../../ui/duration.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Instant } from '../../ui/instant.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import table from '../../ui/table.module.css';
import { useDeleteWindow, useEndWindow, windowsQuery } from './queries.ts';

const forWhom = ({ appliesTo }: MaintenanceWindowView): string => {
  switch (appliesTo.kind) {
    case 'all':
      return 'every monitor';
    case 'monitors':
      return appliesTo.monitorIds.length === 1 ? 'one monitor' : `${appliesTo.monitorIds.length} monitors`;
    case 'tags':
      return `monitors tagged ${appliesTo.tags.join(', ')}`;
  }
};

const When = ({ window: { current, next } }: { readonly window: MaintenanceWindowView }) => {
  if (current !== null)
    return (
      <StateBadge tone="calm">
        Runs until <Instant at={current.until} />
      </StateBadge>
    );
  return next === null ? <>over, or more than 60 days away</> : <Instant at={next.from} />;
};

const Row = ({ window }: { readonly window: MaintenanceWindowView }) => {
  const [asking, ask] = useDisclosure(false);
  const end = useEndWindow();
  const remove = useDeleteWindow();
  return (
    <tr>
      <td className={table.grow}>
        <b>{window.name}</b>
        <br />
        {forWhom(window)}
      </td>
      <td className={table.fixed} data-label="Next">
        <When window={window} />
      </td>
      <td className={table.fixed} data-label="Lasts">
        <Duration ms={window.durationMs} />
      </td>
      <td className={table.fixed} data-label="Repeats">
        {window.rule ?? 'once'}
      </td>
      <td className={table.number}>
        <Group gap="xs" justify="flex-end" wrap="nowrap">
          {window.current === null ? null : (
            <Button
              variant="default"
              size="xs"
              loading={end.isPending}
              onClick={() => end.mutate(window.id)}
              aria-label={`End ${window.name} now`}
            >
              End now
            </Button>
          )}
          <Button variant="default" size="xs" onClick={ask.open} aria-label={`Delete ${window.name}`}>
            Delete
          </Button>
        </Group>
        <Confirm
          opened={asking}
          title={`Delete ${window.name}?`}
          action="Delete window"
          busy={remove.isPending}
          error={remove.error}
          onClose={ask.close}
          onConfirm={() => remove.mutate(window.id, { onSuccess: ask.close })}
        >
          What runs of it ends now, and alerts that waited for it go out. What has been stays as it was.
        </Confirm>
      </td>
    </tr>
  );
};

/** The windows, newest first, with what runs and what comes next. */
export const WindowsList = ({ onAdd }: { readonly onAdd: () => void }) => {
  const query = useQuery(windowsQuery);
  switch (query.status) {
    case 'pending':
      return <Skeletons rows={3} height={56} label="Loading maintenance windows" />;
    case 'error':
      return (
        <Problem
          title="Maintenance windows could not be loaded"
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      );
    case 'success':
      return query.data.length === 0 ? (
        <EmptyState title="No maintenance is planned" action={<Button onClick={onAdd}>Plan maintenance</Button>}>
          In a window checks go on and alerts wait for its end.
        </EmptyState>
      ) : (
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">Window</th>
              <th scope="col">Next</th>
              <th scope="col">Lasts</th>
              <th scope="col">Repeats</th>
              <th scope="col">
                <VisuallyHidden>Actions</VisuallyHidden>
              </th>
            </tr>
          </thead>
          <tbody>
            {query.data.map((window) => (
              <Row key={window.id} window={window} />
            ))}
          </tbody>
        </table>
      );
  }
};
