import { type ChannelTarget, createChannel, deleteChannel, listChannels, testChannel } from '@farwatch/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.ts';

const pageSize = 100;

export const channelsQuery = queryOptions({
  queryKey: ['channels'],
  queryFn: async ({ signal }) => (await call(listChannels, { query: { limit: pageSize } }, { signal })).items,
});

export type NewChannel = Readonly<{ name: string; target: ChannelTarget }>;

const useRefresh = () => {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: channelsQuery.queryKey });
};

export const useCreateChannel = () =>
  useMutation({
    mutationFn: ({ name, target }: NewChannel) =>
      call(createChannel, { body: name === '' ? { target } : { name, target } }),
    onSuccess: useRefresh(),
  });

export const useDeleteChannel = () =>
  useMutation({
    mutationFn: (channelId: string) => call(deleteChannel, { params: { channelId } }),
    onSuccess: useRefresh(),
  });

export const useTestChannel = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (channelId: string) => call(testChannel, { params: { channelId } }),
    onSuccess: (delivery) => {
      client.setQueryData(['delivery', delivery.id], delivery);
      return client.invalidateQueries({ queryKey: ['deliveries'] });
    },
  });
};
