import {
  createMaintenanceWindow,
  deleteMaintenanceWindow,
  endMaintenanceWindow,
  getMaintenanceWindow,
  listAllOccurrences,
  listMaintenanceWindows,
  type NewMaintenanceWindow,
  previewOccurrences,
  restoreMaintenanceWindow,
  resumeMaintenanceWindow,
  updateMaintenanceWindow,
} from '@farwatch/contracts';
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call, callTagged } from '../../api/call.ts';
import { everyPage } from '../../api/every-page.ts';
import { occurrencesKey, refreshMaintenance, windowsKey } from './live.ts';

/** Who waits for an answer and who shows it ask once. */
const freshMs = 5_000;

export const windowsQuery = queryOptions({
  queryKey: windowsKey,
  queryFn: ({ signal }) => everyPage((query) => call(listMaintenanceWindows, { query }, { signal })),
  staleTime: freshMs,
});

/** When there is maintenance between two moments, of all windows. */
export const occurrencesQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: [...occurrencesKey, from, to],
    queryFn: ({ signal }) => call(listAllOccurrences, { query: { from, to } }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: freshMs,
  });

/** As a form needs it: fresh, with the tag that keeps two people from overwriting each other. */
export const windowSettingsQuery = (windowId: string) =>
  queryOptions({
    queryKey: ['maintenance-window', windowId],
    queryFn: ({ signal }) => callTagged(getMaintenanceWindow, { params: { windowId } }, { signal }),
    staleTime: 'static', // a gap in the event stream reads everything anew, but not what is being changed here
    gcTime: 0,
  });

export type Times = Pick<NewMaintenanceWindow, 'startsAt' | 'timeZone' | 'durationMs' | 'rule'>;
/** When a window that isn’t saved would be. */
export const unsavedOccurrencesQuery = (times: Times, from: string, to: string) =>
  queryOptions({
    queryKey: ['maintenance-unsaved', times, from, to],
    queryFn: async ({ signal }) => (await call(previewOccurrences, { body: { ...times, from, to } }, { signal })).items,
    retry: false,
    gcTime: 60_000,
  });

const useRefresh = () => {
  const client = useQueryClient();
  return () => refreshMaintenance(client);
};

export type SavedWindow = Readonly<{ id: string | null; etag: string | null; body: NewMaintenanceWindow }>;
/** Makes a window, or changes the one with this id. */
export const useSaveWindow = () =>
  useMutation({
    mutationFn: ({ id, etag, body }: SavedWindow) =>
      id === null
        ? call(createMaintenanceWindow, { body })
        : call(updateMaintenanceWindow, { params: { windowId: id }, body }, etag === null ? {} : { ifMatch: etag }),
    onSuccess: useRefresh(),
  });
/** `onEnded` is told before the list is read anew: with what runs goes whoever would be told after that. */
export const useEndWindow = (onEnded: () => void) => {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (windowId: string) => call(endMaintenanceWindow, { params: { windowId } }),
    onSuccess: () => {
      onEnded();
      return refresh();
    },
  });
};
export const useResumeWindow = () =>
  useMutation({
    mutationFn: (windowId: string) => call(resumeMaintenanceWindow, { params: { windowId } }),
    onSuccess: useRefresh(),
  });
export const useRestoreWindow = () =>
  useMutation({
    mutationFn: (windowId: string) => call(restoreMaintenanceWindow, { params: { windowId } }),
    onSuccess: useRefresh(),
  });
/** `onDeleted` as above. */
export const useDeleteWindow = (onDeleted: () => void) => {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (windowId: string) => call(deleteMaintenanceWindow, { params: { windowId } }),
    onSuccess: () => {
      onDeleted();
      return refresh();
    },
  });
};
