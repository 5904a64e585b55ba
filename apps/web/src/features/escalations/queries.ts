import {
  createPolicy,
  deletePolicy,
  getPolicy,
  listPolicies,
  type NewPolicy,
  type PolicyView,
  restorePolicy,
  updatePolicy,
} from '@farwatch/contracts';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call, callTagged } from '../../api/call.ts';
import type { Choice } from '../../ui/choice.ts';

const pageSize = 100;
const maxPages = 20;

const everyPolicy = async (signal: AbortSignal): Promise<readonly PolicyView[]> => {
  const all: PolicyView[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < maxPages; page++) {
    const query = { limit: pageSize, ...(cursor === undefined ? {} : { cursor }) };
    const { items, next } = await call(listPolicies, { query }, { signal });
    all.push(...items);
    if (next === null) break;
    cursor = next;
  }
  return all;
};

export const policiesQuery = queryOptions({
  queryKey: ['escalation-policies'],
  queryFn: ({ signal }) => everyPolicy(signal),
});

/** The policies as a list to choose from; empty until they are known. */
export const usePolicyChoices = (): readonly Choice[] =>
  (useQuery(policiesQuery).data ?? []).map(({ id, name }) => ({ value: id, label: name }));

/** As a form needs it: fresh, with the tag that keeps two people from overwriting each other. */
export const policySettingsQuery = (policyId: string) =>
  queryOptions({
    queryKey: ['escalation-policy', policyId],
    queryFn: ({ signal }) => callTagged(getPolicy, { params: { policyId } }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

const useRefresh = () => {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: policiesQuery.queryKey });
};

export type SavedPolicy = Readonly<{ id: string | null; etag: string | null; body: NewPolicy }>;
/** Makes a policy, or changes the one with this id. */
export const useSavePolicy = () =>
  useMutation({
    mutationFn: ({ id, etag, body }: SavedPolicy) =>
      id === null
        ? call(createPolicy, { body })
        : call(updatePolicy, { params: { policyId: id }, body }, etag === null ? {} : { ifMatch: etag }),
    onSuccess: useRefresh(),
  });

export const useRestorePolicy = () => {
  const client = useQueryClient();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (policyId: string) => call(restorePolicy, { params: { policyId } }),
    onSuccess: () => Promise.all([refresh(), client.invalidateQueries({ queryKey: ['monitors'] })]), // they have it again
  });
};

export const useDeletePolicy = () =>
  useMutation({
    mutationFn: (policyId: string) => call(deletePolicy, { params: { policyId } }),
    onSuccess: useRefresh(),
  });
