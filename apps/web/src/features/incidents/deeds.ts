import {
  acknowledgeIncident,
  assignIncident,
  type IncidentView,
  snoozeIncident,
  unacknowledgeIncident,
  writePostMortem,
} from '@farwatch/contracts';
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { commentsQuery, decisionsQuery, incidentQuery } from './queries.ts';

/** Whoever sits before the page. */
export type Person = Readonly<{ id: string; name: string }>;

/** What somebody does about an incident. `ifMatch`: only while the post-mortem is still the one that was read. */
export type Deed =
  | Readonly<{ kind: 'acknowledge'; by: Person | null }>
  | Readonly<{ kind: 'give-back' }>
  | Readonly<{ kind: 'assign'; accountId: string | null }>
  | Readonly<{ kind: 'snooze'; until: string | null }>
  | Readonly<{ kind: 'post-mortem'; text: string | null; ifMatch?: string | undefined }>;

export const perform = (incidentId: string, deed: Deed): Promise<IncidentView> => {
  const params = { incidentId };
  switch (deed.kind) {
    case 'acknowledge':
      return call(acknowledgeIncident, { params });
    case 'give-back':
      return call(unacknowledgeIncident, { params });
    case 'assign':
      return call(assignIncident, { params, body: { accountId: deed.accountId } });
    case 'snooze':
      return call(snoozeIncident, { params, body: { until: deed.until } });
    case 'post-mortem': {
      const { text, ifMatch } = deed;
      return call(writePostMortem, { params, body: { text } }, ifMatch === undefined ? {} : { ifMatch });
    }
  }
};

/** The incident as it will be when a deed is done; what a text came to is left to the server. */
export const foreseen = (deed: Deed, now: number): Partial<IncidentView> => {
  switch (deed.kind) {
    case 'acknowledge':
      return deed.by === null
        ? {}
        : {
            acknowledgedAt: new Date(now).toISOString(),
            acknowledgedBy: { accountId: deed.by.id, name: deed.by.name, via: 'page' },
          };
    case 'give-back':
      return { acknowledgedAt: null, acknowledgedBy: null };
    case 'assign':
      return { assigneeId: deed.accountId };
    case 'snooze':
      return { snoozedUntil: deed.until };
    case 'post-mortem':
      return {};
  }
};

const renew = (client: QueryClient, incidentId: string): void => {
  void client.invalidateQueries({ queryKey: decisionsQuery(incidentId).queryKey });
  void client.invalidateQueries({ queryKey: commentsQuery(incidentId).queryKey });
  void client.invalidateQueries({ queryKey: ['incidents'] });
};

/** Shown at once as if it were done; put back as it was where it could not be. */
export const useDeed = (incidentId: string) => {
  const client = useQueryClient();
  const { queryKey } = incidentQuery(incidentId);
  const take = (change: Partial<IncidentView>): void => {
    client.setQueryData(queryKey, (before) => (before === undefined ? before : { ...before, ...change }));
  };
  return useMutation({
    mutationFn: (deed: Deed) => perform(incidentId, deed),
    onMutate: async (deed) => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData(queryKey);
      take(foreseen(deed, Date.now()));
      return before;
    },
    onSuccess: (incident) => {
      take(incident);
      renew(client, incidentId);
    },
    // Somebody else was faster, or it cleared meanwhile: the page shows how it is now.
    onError: (_error, _deed, before) => {
      if (before !== undefined) client.setQueryData(queryKey, before);
      return client.invalidateQueries({ queryKey });
    },
  });
};

/** What came of acknowledging many: how many were, and what was said of those that could not be. */
export type Acknowledged = Readonly<{ done: readonly string[]; failed: readonly Error[] }>;

const each = async (incidentIds: readonly string[], deed: Deed): Promise<Acknowledged> => {
  const done: string[] = [];
  const failed: Error[] = [];
  for (const incidentId of incidentIds)
    try {
      await perform(incidentId, deed);
      done.push(incidentId);
    } catch (error) {
      failed.push(error instanceof Error ? error : new Error(String(error)));
    }
  return { done, failed };
};

/** One after the other: each is a deed of its own, with its own answer. */
export const useBulkDeed = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ incidentIds, deed }: { incidentIds: readonly string[]; deed: Deed }) => each(incidentIds, deed),
    onSettled: () => client.invalidateQueries({ queryKey: ['incidents'] }),
  });
};
