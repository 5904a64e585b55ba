import { createShare, getShare, listShares, type ReplyOf, revokeShare, type ShareView } from '@farwatch/contracts';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.ts';

export type { SharedLook } from '@farwatch/contracts';
export type NewShare = ReplyOf<typeof createShare>;
const sharesKey = ['shares'] as const;

/** The links that still work, of one monitor or of all. */
export const sharesQuery = (monitorId?: string) =>
  infiniteQueryOptions({
    queryKey: [...sharesKey, monitorId ?? 'all'],
    queryFn: ({ pageParam, signal }) =>
      call(
        listShares,
        {
          query: {
            ...(monitorId === undefined ? {} : { monitorId }),
            ...(pageParam === '' ? {} : { cursor: pageParam }),
          },
        },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });

export type ShareWish = Readonly<{ monitorId: string; resultId: string; expiresInDays: 1 | 7 | 30; withBody: boolean }>;

export const useShare = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wish: ShareWish) => call(createShare, { body: { kind: 'look', ...wish } }),
    onSuccess: () => client.invalidateQueries({ queryKey: sharesKey }),
  });
};

export const useRevoke = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: Pick<ShareView, 'id'>) => call(revokeShare, { params: { share: id } }),
    onSettled: () => client.invalidateQueries({ queryKey: sharesKey }),
  });
};

/** What a link shows to whoever has it. */
export const sharedQuery = (token: string) =>
  queryOptions({
    queryKey: ['shared', token],
    queryFn: ({ signal }) => call(getShare, { params: { share: token } }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
