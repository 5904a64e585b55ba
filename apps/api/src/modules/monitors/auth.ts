import { isDeepStrictEqual } from 'node:util';
import { type Connection, MonitorAuth, type MonitorPatch } from '@farwatch/contracts';
import { Compile } from 'typebox/compile';
import { type Keyring, SealError } from '../../keyring.ts';
import type { FieldFault } from '../../plugins/problems.ts';

/** What is shown of how a monitor logs in. `name`: the user's, or the header's. */
export type ShownAuth = Readonly<{ kind: MonitorAuth['kind']; name: string | null }>;
/** How a monitor logs in, as its row keeps it. `sealed` opens in its own row alone. */
export type KeptAuth = Readonly<{ auth: ShownAuth | null; authSealed: string | null }>;
export const noAuth: KeptAuth = { auth: null, authSealed: null };

type Row = Readonly<{ organisationId: string; id: string }>;
const contextOf = ({ organisationId, id }: Row) => ({ table: 'monitor', organisationId, rowId: id });
const wire = Compile(MonitorAuth);

const shownOf = (auth: MonitorAuth): ShownAuth => {
  switch (auth.kind) {
    case 'basic':
      return { kind: auth.kind, name: auth.username };
    case 'bearer':
      return { kind: auth.kind, name: null };
    case 'header':
      return { kind: auth.kind, name: auth.name };
  }
};

export const keepAuth = (keyring: Keyring, row: Row, auth: MonitorAuth | null): KeptAuth =>
  auth === null ? noAuth : { auth: shownOf(auth), authSealed: keyring.seal(JSON.stringify(auth), contextOf(row)) };

const openAuth = (keyring: Keyring, row: Row, sealed: string): MonitorAuth => {
  const auth: unknown = JSON.parse(keyring.open(sealed, contextOf(row)));
  if (!wire.Check(auth)) throw new SealError(`monitor ${row.id} holds no log-in`);
  return auth;
};

/** The same secret for the same monitor of another organisation. Throws a SealError. */
export const carryAuth = (keyring: Keyring, from: Row, sealed: string | null, to: Row): string | null =>
  sealed === null ? null : keyring.seal(keyring.open(sealed, contextOf(from)), contextOf(to));

const isSame = (keyring: Keyring, row: Row, sealed: string | null, given: MonitorAuth | null): boolean => {
  if (sealed === null || given === null) return sealed === given;
  try {
    return isDeepStrictEqual(openAuth(keyring, row, sealed), given);
  } catch (error) {
    if (error instanceof SealError) return false;
    throw error;
  }
};

/** After a change; absent = as it is. One that is set again as it was is no other: what was learnt with it still holds. */
export const changedAuth = (keyring: Keyring, row: Row, before: KeptAuth, given: MonitorPatch['auth']): KeptAuth => {
  const { auth, authSealed } = before;
  if (given === undefined || isSame(keyring, row, authSealed, given)) return { auth, authSealed };
  return keepAuth(keyring, row, given);
};

type Way = Readonly<{ url: string; connection: Connection }>;
const settable = ['serverName', 'hostHeader', 'origin'] as const;
/** Another origin; or on the way to it another resolver, a name that a shared server has for another site, or the origin twin. */
const leadsElsewhere = (before: Way, after: Way): boolean => {
  const [was, is] = [before.connection, after.connection];
  const resolvers = is.resolvers.length > 0 && is.resolvers.join() !== was.resolvers.join();
  const named = settable.some((name) => is[name] !== null && is[name] !== was[name]);
  return resolvers || named || URL.parse(before.url)?.origin !== URL.parse(after.url)?.origin;
};

/** Whoever may write could have it sent to a host of their own, and read it there. */
export const elsewhereFaults = (
  before: KeptAuth & Way,
  after: Way,
  given: MonitorPatch['auth'],
): readonly FieldFault[] => {
  if (before.authSealed === null || given !== undefined || !leadsElsewhere(before, after)) return [];
  const detail = 'The log-in would go elsewhere than before: enter it again, or take it away (null).';
  return [{ pointer: '/auth', code: 'log-in-needed-again', detail }];
};

/** The header that logs in (RFC 7617, RFC 6750). Throws a SealError. */
export const secretHeader = (keyring: Keyring, row: Row, sealed: string): Readonly<{ name: string; value: string }> => {
  const auth = openAuth(keyring, row, sealed);
  switch (auth.kind) {
    case 'basic': {
      const pair = Buffer.from(`${auth.username}:${auth.password}`).toString('base64');
      return { name: 'authorization', value: `Basic ${pair}` };
    }
    case 'bearer':
      return { name: 'authorization', value: `Bearer ${auth.token}` };
    case 'header':
      return { name: auth.name, value: auth.value };
  }
};
