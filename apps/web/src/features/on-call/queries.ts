import {
  createSchedule,
  deleteSchedule,
  getSchedule,
  listSchedules,
  listShifts,
  type NewSchedule,
  previewShifts,
  restoreSchedule,
  updateSchedule,
} from '@farwatch/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call, callTagged } from '../../api/call.ts';
import { everyPage } from '../../api/every-page.ts';

export const schedulesQuery = queryOptions({
  queryKey: ['on-call-schedules'],
  queryFn: ({ signal }) => everyPage((query) => call(listSchedules, { query }, { signal })),
});

/** Who waits for it and who shows it ask once. */
const freshMs = 5_000;

/** As a form needs it: fresh, with the tag that keeps two people from overwriting each other. */
export const scheduleSettingsQuery = (scheduleId: string) =>
  queryOptions({
    queryKey: ['on-call-schedule', scheduleId],
    queryFn: ({ signal }) => callTagged(getSchedule, { params: { scheduleId } }, { signal }),
    staleTime: 'static', // a gap in the event stream reads everything anew, but not what is being changed here
    gcTime: 0,
  });

export const shiftsQuery = (scheduleId: string, from: string, to: string) =>
  queryOptions({
    queryKey: ['on-call-shifts', scheduleId, from, to],
    queryFn: async ({ signal }) =>
      (await call(listShifts, { params: { scheduleId }, query: { from, to } }, { signal })).items,
    staleTime: freshMs,
  });

/** The shifts of a schedule that isn’t saved, or of one rotation alone. */
export const unsavedShiftsQuery = (schedule: NewSchedule, from: string, to: string) =>
  queryOptions({
    queryKey: ['on-call-unsaved', schedule.rotations, schedule.overrides, from, to],
    queryFn: async ({ signal }) => (await call(previewShifts, { body: { ...schedule, from, to } }, { signal })).items,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });

/** After a change: the list and everything that is reckoned from a schedule is asked for again. */
export const useRefresh = () => {
  const client = useQueryClient();
  return async () => {
    await client.invalidateQueries({ queryKey: schedulesQuery.queryKey });
    await client.invalidateQueries({ queryKey: ['on-call-shifts'] });
  };
};

export type SavedSchedule = Readonly<{ id: string | null; etag: string | null; body: NewSchedule }>;
/** Makes a schedule, or changes the one with this id. */
export const useSaveSchedule = () =>
  useMutation({
    mutationFn: ({ id, etag, body }: SavedSchedule) =>
      id === null
        ? call(createSchedule, { body })
        : call(updateSchedule, { params: { scheduleId: id }, body }, etag === null ? {} : { ifMatch: etag }),
    onSuccess: useRefresh(),
  });

export const useRestoreSchedule = () =>
  useMutation({
    mutationFn: (scheduleId: string) => call(restoreSchedule, { params: { scheduleId } }),
    onSuccess: useRefresh(),
  });

/** `onDeleted` is told before the list is read anew: with its row goes whoever would be told after that. */
export const useDeleteSchedule = (onDeleted: () => void) => {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (scheduleId: string) => call(deleteSchedule, { params: { scheduleId } }),
    onSuccess: () => {
      onDeleted();
      return refresh();
    },
  });
};
