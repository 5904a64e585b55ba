import { followLink, getLink, type ReplyOf } from '@farwatch/contracts';
import { queryOptions, useMutation } from '@tanstack/react-query';
import { call } from '../../api/call.ts';

export type LinkView = ReplyOf<typeof getLink>;

/** Asking what a link is for changes nothing. */
export const linkQuery = (token: string) =>
  queryOptions({
    queryKey: ['link', token],
    queryFn: ({ signal }) => call(getLink, { params: { token } }, { signal }),
  });

export const useFollowLink = () =>
  useMutation({ mutationFn: (token: string) => call(followLink, { body: { token } }) });
