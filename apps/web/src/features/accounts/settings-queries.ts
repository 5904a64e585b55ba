import { type BodyOf, updateMe, updateOrganisation } from '@farwatch/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { meQuery } from './queries.ts';

/** The person's own settings. Only what is given changes. */
export const useUpdateMe = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<typeof updateMe>) => call(updateMe, { body }),
    onSuccess: (me) => client.setQueryData(meQuery.queryKey, me),
  });
};

export const useUpdateOrganisation = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<typeof updateOrganisation>) => call(updateOrganisation, { body }),
    onSuccess: (me) => client.setQueryData(meQuery.queryKey, me),
  });
};
