import { type AlertChange, previewAlerts } from '@farwatch/contracts';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/call.ts';

/** What a change would have told; asked anew for every other change, kept for the same one. */
export const alertPreviewQuery = (change: AlertChange | null) =>
  queryOptions({
    queryKey: ['alert-preview', change],
    queryFn: ({ signal }) => (change === null ? null : call(previewAlerts, { body: { change } }, { signal })),
    enabled: change !== null,
    staleTime: 60_000,
    gcTime: 60_000,
  });
