import { listMarks } from '@farwatch/contracts';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../api/call.ts';

/** More of them than a chart can show apart. */
const most = 100;

/** What happened around a monitor within the last so many milliseconds, newest first. */
export const marksQuery = (monitorId: string, rangeMs: number) =>
  queryOptions({
    queryKey: ['marks', monitorId, rangeMs],
    queryFn: async ({ signal }) => {
      const from = new Date(Date.now() - rangeMs).toISOString();
      return (await call(listMarks, { query: { monitorId, from, limit: most } }, { signal })).items;
    },
    placeholderData: keepPreviousData,
  });
