import {
  createPolicy,
  deletePolicy,
  getPolicy,
  listPolicies,
  type NewPolicy,
  restorePolicy,
  updatePolicy,
} from '@farwatch/contracts';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call, callTagged } from '../../api/call.ts';
import { everyPage } from '../../api/every-page.ts';
import type { Choice } from '../../ui/choice.ts';

export const policiesQuery = queryOptions({
  queryKey: ['escalation-policies'],
  queryFn: ({ signal }) => everyPage((query) => call(listPolicies, { query }, { signal })),
});

/** The policies as a list to choose from; empty until they are known. */
export const usePolicyChoices = (): readonly Choice[] =>
  (useQuery(policiesQuery).data ?? []).map(({ id, name }) => ({ value: id, label: name }));

/** As a form needs it: fresh, with the tag that keeps two people from overwriting each other. */
export const policySettingsQuery = (policyId: string) =>
  queryOptions({
    queryKey: ['escalation-policy', policyId],
    queryFn: ({ signal }) => callTagged(getPolicy, { params: { policyId } }, { signal }),
    staleTime: 'static', // a gap in the event stream reads everything anew, but not what is being changed here
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

/** `onDeleted` is told before the list is read anew: with its row goes whoever would be told after that. */
export const useDeletePolicy = (onDeleted: () => void) => {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (policyId: string) => call(deletePolicy, { params: { policyId } }),
    onSuccess: () => {
      onDeleted();
      return refresh();
    },
  });
};
