import type { FastifyContextConfig, FastifySchema } from 'fastify';
import { problem } from '../../plugins/problems.ts';
import type { Acknowledge } from '../links/acknowledge.ts';
import type { ModuleDeps } from '../module-deps.ts';

export type InboundDeps = Pick<ModuleDeps, 'db' | 'alerts' | 'config' | 'keyring' | 'receipts' | 'spoken' | 'log'> &
  Readonly<{ acknowledge: Acknowledge }>;

/**
 * Without `access`: these calls are known by their signatures, so access control, its budgets and the documentation leave
 * them alone. What is not signed is counted by the routes themselves.
 */
export const signedRoute: Readonly<{ config: FastifyContextConfig; schema: FastifySchema & { hide: true } }> = {
  config: {},
  schema: { hide: true },
};

export const badSignature = () => problem(403, 'bad-signature', 'The signature of this call is not valid.');
