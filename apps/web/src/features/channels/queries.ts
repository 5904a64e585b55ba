import {
  type BodyOf,
  type ChannelTarget,
  type ChannelView,
  confirmChannel,
  createChannel,
  deleteChannel,
  enableChannel,
  getChannel,
  listChannelKinds,
  listChannels,
  restoreChannel,
  rotateSigningSecret,
  testChannel,
  testChannelTarget,
  updateChannel,
} from '@farwatch/contracts';
import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call, callTagged } from '../../api/call.ts';
import type { LiveEvent } from '../../api/dial.ts';
import { everyPage } from '../../api/every-page.ts';
import { seldom } from '../../api/hear.ts';

export const channelsQuery = queryOptions({
  queryKey: ['channels'],
  queryFn: ({ signal }) => everyPage((query) => call(listChannels, { query }, { signal })),
});

export const kindsQuery = queryOptions({
  queryKey: ['channel-kinds'],
  queryFn: async ({ signal }) => (await call(listChannelKinds, {}, { signal })).items,
});

/** The channel as a form needs it: fresh, with the tag that keeps two people from overwriting each other. */
export const channelSettingsQuery = (channelId: string) =>
  queryOptions({
    queryKey: ['channel-settings', channelId],
    queryFn: ({ signal }) => callTagged(getChannel, { params: { channelId } }, { signal }),
    staleTime: 'static', // a gap in the event stream reads everything anew, but not what is being changed here
    gcTime: 0,
  });

/** No event tells that somebody pressed Start over there, so it is asked for: often while a person waits before the screen. */
const anxiousMs = 2_000;
const patientMs = 30_000;
const anxiousTimes = 60;

type Linking = Readonly<{ status: string; data: ChannelView | undefined; dataUpdateCount: number }>;
/** When it is asked for again whether the chat is linked; never once it is, or is gone. */
export const askAgainMs = ({ status, data, dataUpdateCount }: Linking): number | false => {
  if (status === 'error' || data?.status === 'active') return false;
  return dataUpdateCount < anxiousTimes ? anxiousMs : patientMs;
};

export const linkingQuery = (channelId: string) =>
  queryOptions({
    queryKey: ['channel', channelId],
    queryFn: ({ signal }) => call(getChannel, { params: { channelId } }, { signal }),
    refetchInterval: ({ state }) => askAgainMs(state),
  });

const refresh = (client: QueryClient) => client.invalidateQueries({ queryKey: channelsQuery.queryKey });
/** Puts a channel's new shape into the list at once. */
const keep = (client: QueryClient, channel: ChannelView) => {
  client.setQueryData(channelsQuery.queryKey, (all) => all?.map((each) => (each.id === channel.id ? channel : each)));
  return refresh(client);
};

export const useCreateChannel = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<typeof createChannel>) => call(createChannel, { body }),
    onSuccess: () => refresh(client),
  });
};

export const useUpdateChannel = (channelId: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, etag }: { body: BodyOf<typeof updateChannel>; etag: string | null }) =>
      call(updateChannel, { params: { channelId }, body }, etag === null ? {} : { ifMatch: etag }),
    onSuccess: (channel) => keep(client, channel),
  });
};

export const useRestoreChannel = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (channelId: string) => call(restoreChannel, { params: { channelId } }),
    onSuccess: () => refresh(client),
  });
};

/** `onDeleted` is told before the list is read anew: with its row goes whoever would be told after that. */
export const useDeleteChannel = (onDeleted: () => void) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (channelId: string) => call(deleteChannel, { params: { channelId } }),
    onSuccess: () => {
      onDeleted();
      return refresh(client);
    },
  });
};

export type Mending = 'enable' | 'confirm';
/** Uses a broken channel again, or asks an unconfirmed one once more. */
export const useMendChannel = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ channelId, act }: { channelId: string; act: Mending }) =>
      call(act === 'enable' ? enableChannel : confirmChannel, { params: { channelId } }),
    onSuccess: (channel) => keep(client, channel),
  });
};

export const useRotateSecret = () =>
  useMutation({ mutationFn: (channelId: string) => call(rotateSigningSecret, { params: { channelId } }) });

/** A test of a channel that is saved, or of a target that isn't yet; `changes` is the channel that would go there. */
export type Tested =
  | Readonly<{ kind: 'saved'; channelId: string }>
  | Readonly<{ kind: 'target'; target: ChannelTarget; changes: string | null }>;

export const useTestChannel = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (tested: Tested) =>
      tested.kind === 'saved'
        ? call(testChannel, { params: { channelId: tested.channelId } })
        : call(testChannelTarget, {
            body: { target: tested.target, ...(tested.changes === null ? {} : { channelId: tested.changes }) },
          }),
    onSuccess: (delivery) => {
      client.setQueryData(['delivery', delivery.id], delivery);
      return client.invalidateQueries({ queryKey: ['deliveries'] });
    },
  });
};

const refreshSoon = seldom(1_000, refresh);

/** What came of a delivery is told by its channel too, which may have broken over it. */
export const channelsHear = (client: QueryClient, { type }: LiveEvent): void => {
  if (type === 'delivery.updated' || type === 'delivery.failed') refreshSoon(client);
};
