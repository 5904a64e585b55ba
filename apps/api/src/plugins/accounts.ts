import type { Access } from '@farwatch/contracts';
import type { FastifyRequest } from 'fastify';

export type Scope = 'read' | 'write';
export type Role = 'owner' | 'member';

/** Who calls, as found from the cookie or the bearer token. */
export type Caller =
  | Readonly<{
      kind: 'session';
      account: Readonly<{ id: string; name: string; email: string; emailVerified: boolean }>;
      organisation: Readonly<{ id: string; name: string; role: Role }>;
    }>
  | Readonly<{ kind: 'key'; keyId: string; scope: Scope; organisation: Readonly<{ id: string; name: string }> }>
  | Readonly<{ kind: 'probe'; region: string }>;

declare module 'fastify' {
  interface FastifyRequest {
    /** Null on public routes and until access control has run. */
    caller: Caller | null;
  }
  interface FastifyContextConfig {
    access?: Access;
    /** For the documentation: what it can answer with besides what every operation can. */
    problems?: readonly number[];
    /** For the documentation: the media types of a body that is no JSON. */
    consumes?: readonly string[];
  }
}

export type CallingOrganisation = Readonly<{ id: string; name: string; role: Role | null; scope: Scope }>;

/** The organisation the caller acts for. `role` is null for an API key. Access control has run, so a miss is a bug. */
export const organisationOf = ({ caller }: FastifyRequest): CallingOrganisation => {
  switch (caller?.kind) {
    case 'session':
      return { ...caller.organisation, scope: 'write' };
    case 'key':
      return { ...caller.organisation, role: null, scope: caller.scope };
    case 'probe':
    case undefined:
      throw new Error('organisationOf: this route is not for organisations');
  }
};

/** The person calling, null when an API key calls. */
export const accountOf = ({ caller }: FastifyRequest) => (caller?.kind === 'session' ? caller.account : null);

/** The region of the calling probe; only on routes with `access: 'probe'`. */
export const regionOf = ({ caller }: FastifyRequest): string => {
  if (caller?.kind !== 'probe') throw new Error('regionOf: this route is not for probes');
  return caller.region;
};
