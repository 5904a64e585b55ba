import { listMembers, type ReplyOf } from '@farwatch/contracts';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import type { Choice } from '../../ui/choice.ts';

export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: async ({ signal }) => (await call(listMembers, {}, { signal })).items,
});

/** The people as a list to choose from; who shares a name is told apart by address. */
const peopleOf = (members: ReplyOf<typeof listMembers>['items']): readonly Choice[] =>
  members.map(({ accountId, name, email }) => ({
    value: accountId,
    label: members.some((other) => other.name === name && other.accountId !== accountId) ? `${name} (${email})` : name,
  }));

/** Empty until they are known: names are a help, not what a page waits for. */
export const usePeople = (): readonly Choice[] => peopleOf(useQuery(membersQuery).data ?? []);
