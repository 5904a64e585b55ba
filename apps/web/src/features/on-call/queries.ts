import {
  createSchedule,
  deleteSchedule,
  getSchedule,
  listSchedules,
  listShifts,
  type NewSchedule,
  previewShifts,
  restoreSchedule,
  type ScheduleView,
  updateSchedule,
} from '@farwatch/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call, callTagged } from '../../api/call.ts';

const pageSize = 100;
const maxPages = 20;

const everySchedule = async (signal: AbortSignal): Promise<readonly ScheduleView[]> => {
  const all: ScheduleView[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < maxPages; page++) {
    const query = { limit: pageSize, ...(cursor === undefined ? {} : { cursor }) };
    const { items, next } = await call(listSchedules, { query }, { signal });
    all.push(...items);
    if (next === null) break;
    cursor = next;
  }
  return all;
};

export const schedulesQuery = queryOptions({
  queryKey: ['on-call-schedules'],
  queryFn: ({ signal }) => everySchedule(signal),
});

/** Who waits for it and who shows it ask once. */
const freshMs = 5_000;

/** As a form needs it: fresh, with the tag that keeps two people from overwriting each other. */
export const scheduleSettingsQuery = (scheduleId: string) =>
  queryOptions({
    queryKey: ['on-call-schedule', scheduleId],
    queryFn: ({ signal }) => callTagged(getSchedule, { params: { scheduleId } }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
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

export const useDeleteSchedule = () =>
  useMutation({
    mutationFn: (scheduleId: string) => call(deleteSchedule, { params: { scheduleId } }),
    onSuccess: useRefresh(),
  });
