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
  updateMaintenanceWindow,
} from '@farwatch/contracts';
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call, callTagged } from '../../api/call.ts';

/** Who waits for an answer and who shows it ask once. */
const freshMs = 5_000;

export const windowsQuery = queryOptions({
  queryKey: ['maintenance-windows'],
  queryFn: async ({ signal }) => (await call(listMaintenanceWindows, { query: { limit: 100 } }, { signal })).items,
  staleTime: freshMs,
});

/** When there is maintenance between two moments, of all windows. */
export const occurrencesQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: ['maintenance-occurrences', from, to],
    queryFn: ({ signal }) => call(listAllOccurrences, { query: { from, to } }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: freshMs,
  });

/** As a form needs it: fresh, with the tag that keeps two people from overwriting each other. */
export const windowSettingsQuery = (windowId: string) =>
  queryOptions({
    queryKey: ['maintenance-window', windowId],
    queryFn: ({ signal }) => callTagged(getMaintenanceWindow, { params: { windowId } }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
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
  return async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: windowsQuery.queryKey }),
      client.invalidateQueries({ queryKey: ['maintenance-occurrences'] }),
    ]);
  };
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
export const useEndWindow = () =>
  useMutation({
    mutationFn: (windowId: string) => call(endMaintenanceWindow, { params: { windowId } }),
    onSuccess: useRefresh(),
  });
export const useRestoreWindow = () =>
  useMutation({
    mutationFn: (windowId: string) => call(restoreMaintenanceWindow, { params: { windowId } }),
    onSuccess: useRefresh(),
  });
export const useDeleteWindow = () =>
  useMutation({
    mutationFn: (windowId: string) => call(deleteMaintenanceWindow, { params: { windowId } }),
    onSuccess: useRefresh(),
  });
