import {
  createMaintenanceWindow,
  deleteMaintenanceWindow,
  endMaintenanceWindow,
  listMaintenanceWindows,
  type NewMaintenanceWindow,
} from '@farwatch/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.ts';

export const windowsQuery = queryOptions({
  queryKey: ['maintenance-windows'],
  queryFn: async ({ signal }) => (await call(listMaintenanceWindows, { query: { limit: 100 } }, { signal })).items,
});

const useRefresh = () => {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: windowsQuery.queryKey });
};

export const useCreateWindow = () =>
  useMutation({
    mutationFn: (body: NewMaintenanceWindow) => call(createMaintenanceWindow, { body }),
    onSuccess: useRefresh(),
  });
export const useEndWindow = () =>
  useMutation({
    mutationFn: (windowId: string) => call(endMaintenanceWindow, { params: { windowId } }),
    onSuccess: useRefresh(),
  });
export const useDeleteWindow = () =>
  useMutation({
    mutationFn: (windowId: string) => call(deleteMaintenanceWindow, { params: { windowId } }),
    onSuccess: useRefresh(),
  });
