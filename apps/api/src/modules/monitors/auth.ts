import { MonitorAuth } from '@farwatch/contracts';
import { Compile } from 'typebox/compile';
import type { Keyring } from '../../keyring.ts';

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

/** The header that logs in (RFC 7617, RFC 6750). Throws the keyring's SealError, or an error without content. */
export const secretHeader = (keyring: Keyring, row: Row, sealed: string): Readonly<{ name: string; value: string }> => {
  const auth: unknown = JSON.parse(keyring.open(sealed, contextOf(row)));
  if (!wire.Check(auth)) throw new Error(`monitor ${row.id} holds no log-in`);
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
