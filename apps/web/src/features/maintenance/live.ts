import type { QueryClient } from '@tanstack/react-query';
import type { LiveEvent } from '../../api/dial.ts';
import { seldom } from '../../api/hear.ts';

export const windowsKey = ['maintenance-windows'] as const;
export const occurrencesKey = ['maintenance-occurrences'] as const;

/** The windows and their times are asked for again. */
export const refreshMaintenance = (client: QueryClient): Promise<unknown> =>
  Promise.all([windowsKey, occurrencesKey].map((queryKey) => client.invalidateQueries({ queryKey })));

const refreshSoon = seldom(1_000, refreshMaintenance);

/** What begins or ends is told of each monitor that it is for. */
export const maintenanceHears = (client: QueryClient, { type }: LiveEvent): void => {
  if (type === 'maintenance.started' || type === 'maintenance.ended') refreshSoon(client);
};
