import type { FastifyRequest } from 'fastify';
import { accountOf, organisationOf } from '../../plugins/accounts.ts';

/** Who does something about a diagnosis. `judge`: the account, or the organisation when an API key calls. */
export const whoOf = (request: FastifyRequest) => {
  const account = accountOf(request);
  if (account === null) return { judge: organisationOf(request).id, accountId: null, author: 'API key' };
  const author = account.name.trim() === '' ? account.email : account.name;
  return { judge: account.id, accountId: account.id, author };
};
