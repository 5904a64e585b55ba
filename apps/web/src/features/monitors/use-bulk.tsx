import { type BulkAction, type BulkItem, bulkMonitors, type MonitorView } from '@farwatch/contracts';
import { plural, t } from '@lingui/core/macro';
import { notifications } from '@mantine/notifications';
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { messageOf } from '../../api/call-error.ts';
import { tellUndo, undoForMs } from '../../ui/undo-message.tsx';
import { type BulkCall, inverseOf } from './bulk-inverse.ts';
import { deletedKey, keep, monitorsQuery, summariesQuery } from './queries.ts';

/** A thousand take some seconds. */
const patienceMs = 60_000;

const send = async ({ monitorIds, action }: BulkCall): Promise<readonly BulkItem[]> => {
  const body = { monitorIds: [...monitorIds], action };
  return (await call(bulkMonitors, { body }, { within: patienceMs })).items;
};

/** Puts what came of it wherever monitors are shown. */
const take = (client: QueryClient, action: BulkAction, items: readonly BulkItem[]): void => {
  for (const { monitor } of items) if (monitor !== null) keep(client, monitor);
  const gone = new Set(
    action.kind === 'delete' ? items.flatMap((one) => (one.problem === null ? one.monitorId : [])) : [],
  );
  if (gone.size > 0) client.setQueryData(monitorsQuery.queryKey, (all) => all?.filter(({ id }) => !gone.has(id)));
  if (action.kind === 'delete' || action.kind === 'restore') {
    void client.invalidateQueries({ queryKey: ['incidents'] });
    void client.invalidateQueries({ queryKey: deletedKey });
    void client.invalidateQueries({ queryKey: summariesQuery.queryKey });
  }
  if (action.kind === 'restore') void client.invalidateQueries({ queryKey: monitorsQuery.queryKey });
};

const doneText = (kind: BulkAction['kind'], n: number): string => {
  switch (kind) {
    case 'pause':
      return plural(n, { one: '# monitor is paused', other: '# monitors are paused' });
    case 'resume':
      return plural(n, { one: '# monitor is watched again', other: '# monitors are watched again' });
    case 'delete':
      return plural(n, { one: '# monitor was deleted', other: '# monitors were deleted' });
    case 'restore':
      return plural(n, { one: '# monitor is back', other: '# monitors are back' });
    case 'add-tags':
    case 'remove-tags':
    case 'edit':
      return plural(n, { one: '# monitor was changed', other: '# monitors were changed' });
  }
};

/** Says what was refused, with the first reason. */
const tellRefused = (items: readonly BulkItem[]): void => {
  const refused = items.flatMap(({ problem }) => problem ?? []);
  if (refused.length === 0) return;
  const n = refused.length;
  const title = plural(n, { one: '# monitor was left as it is', other: '# monitors were left as they are' });
  notifications.show({ color: 'red', title, message: refused[0]?.detail, autoClose: undoForMs });
};

type Asked = Readonly<{ action: BulkAction; monitors: readonly MonitorView[] }>;

/** Does one thing to many monitors, says what came of it, and offers to take it back for a while. */
export const useBulk = () => {
  const client = useQueryClient();
  const failed = (error: Error): void => {
    notifications.show({ color: 'red', title: t`That did not work`, message: messageOf(error) });
  };
  const undo = async (calls: readonly BulkCall[]): Promise<void> => {
    for (const one of calls) {
      const items = await send(one);
      take(client, one.action, items);
      tellRefused(items);
    }
  };
  return useMutation({
    mutationFn: ({ action, monitors }: Asked) => send({ monitorIds: monitors.map(({ id }) => id), action }),
    onSuccess: (items, { action, monitors }) => {
      take(client, action, items);
      tellRefused(items);
      const done = new Set(items.flatMap((one) => (one.problem === null ? one.monitorId : [])));
      if (done.size === 0) return;
      const calls = inverseOf(
        action,
        monitors.filter(({ id }) => done.has(id)),
      );
      tellUndo(doneText(action.kind, done.size), calls.length === 0 ? undefined : () => undo(calls));
    },
    onError: failed,
  });
};
