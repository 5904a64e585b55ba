import { getSchedule, updateSchedule } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { useMutation } from '@tanstack/react-query';
import { call, callTagged } from '../../api/call.ts';
import { tellUndo } from '../../ui/undo-message.tsx';
import { useRefresh } from './queries.ts';
import type { Override } from './spans.ts';

const same = (a: Override) => (b: Override) => a.accountId === b.accountId && a.from === b.from && a.until === b.until;

/** Of those that meet the last in the list decides: one more is put there, and one that is put back (`at`) where it was. */
type Change = Readonly<{ kind: 'add' | 'remove'; override: Override; at?: number }>;
type Changed = Readonly<{ overrides: Override[]; at: number }>;
/** Of equal ones the last goes. */
const changed = (all: readonly Override[], { kind, override, at = all.length }: Change): Changed => {
  if (kind === 'add') return { overrides: all.toSpliced(at, 0, override), at };
  const found = all.findLastIndex(same(override));
  return { overrides: found < 0 ? [...all] : all.toSpliced(found, 1), at: found < 0 ? all.length : found };
};
const inverse = ({ kind, override }: Change, at: number): Change => ({
  ...{ override, kind: kind === 'add' ? 'remove' : 'add' },
  ...{ at },
});

/** On the schedule as it is at this moment; what somebody else changed in between is kept. */
const apply = async (scheduleId: string, change: Change): Promise<Pick<Changed, 'at'>> => {
  const { data, etag } = await callTagged(getSchedule, { params: { scheduleId } });
  const { overrides, at } = changed(data.overrides, change);
  await call(updateSchedule, { params: { scheduleId }, body: { overrides } }, etag === null ? {} : { ifMatch: etag });
  return { at };
};

/** Adds and removes overrides one at a time; each can be taken back for a while. */
export const useOverrides = (scheduleId: string) => {
  const refresh = useRefresh();
  const undo = async (change: Change, at: number): Promise<void> => {
    await apply(scheduleId, inverse(change, at));
    await refresh();
  };
  return useMutation({
    mutationFn: (change: Change) => apply(scheduleId, change),
    onSuccess: async ({ at }, change) => {
      await refresh();
      const done = change.kind === 'add' ? t`The override is set.` : t`The override is removed.`;
      tellUndo(done, () => undo(change, at));
    },
  });
};
