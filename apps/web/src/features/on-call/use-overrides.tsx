import { getSchedule, type ScheduleView, updateSchedule } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { call, callTagged } from '../../api/call.ts';
import { messageOf } from '../../api/call-error.ts';
import { UndoMessage } from '../../ui/undo-message.tsx';
import { useRefresh } from './queries.ts';
import type { Override } from './spans.ts';

const undoForMs = 20_000;
const same = (a: Override) => (b: Override) => a.accountId === b.accountId && a.from === b.from && a.until === b.until;

/** One more is the last of the list and so the one that decides; of equal ones the last goes. */
type Change = Readonly<{ kind: 'add' | 'remove'; override: Override }>;
const changed = (all: readonly Override[], { kind, override }: Change): Override[] => {
  if (kind === 'add') return [...all, override];
  const at = all.findLastIndex(same(override));
  return at < 0 ? [...all] : all.toSpliced(at, 1);
};
const inverse = ({ kind, override }: Change): Change => ({ kind: kind === 'add' ? 'remove' : 'add', override });

/** On the schedule as it is at this moment; what somebody else changed in between is kept. */
const apply = async (scheduleId: string, change: Change): Promise<ScheduleView> => {
  const { data, etag } = await callTagged(getSchedule, { params: { scheduleId } });
  const body = { overrides: changed(data.overrides, change) };
  return call(updateSchedule, { params: { scheduleId }, body }, etag === null ? {} : { ifMatch: etag });
};

/** Adds and removes overrides one at a time; each can be taken back for a while. */
export const useOverrides = (scheduleId: string) => {
  const refresh = useRefresh();
  const undo = async (change: Change): Promise<boolean> => {
    try {
      await apply(scheduleId, inverse(change));
      await refresh();
      return true;
    } catch (error) {
      notifications.show({ color: 'red', title: t`That did not work`, message: messageOf(error) });
      return false;
    }
  };
  return useMutation({
    mutationFn: (change: Change) => apply(scheduleId, change),
    onSuccess: async (_, change) => {
      await refresh();
      notifications.show({
        autoClose: undoForMs,
        message: (
          <UndoMessage onUndo={() => undo(change)}>
            {change.kind === 'add' ? t`The override is set.` : t`The override is removed.`}
          </UndoMessage>
        ),
      });
    },
  });
};
