import { type ApiKeyView, createApiKey, listApiKeys, revokeApiKey } from '@farwatch/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.ts';

export const apiKeysQuery = queryOptions({
  queryKey: ['api-keys'],
  queryFn: async ({ signal }) => (await call(listApiKeys, { query: { limit: 100 } }, { signal })).items,
});

const useRefresh = () => {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: apiKeysQuery.queryKey });
};

export const useCreateApiKey = () =>
  useMutation({
    mutationFn: (body: { name: string; scope: ApiKeyView['scope'] }) => call(createApiKey, { body }),
    onSuccess: useRefresh(),
  });

export const useRevokeApiKey = () =>
  useMutation({
    mutationFn: (apiKeyId: string) => call(revokeApiKey, { params: { apiKeyId } }),
    onSuccess: useRefresh(),
  });
