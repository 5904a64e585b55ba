import { isIP, type Socket } from 'node:net';
import type { AddressFamily, AddressTried, HttpVersionWanted, TlsSeen } from '@farwatch/domain';
import { addressAllowed, bareHost, type DialRules, hostAllowed, portAllowed } from './addresses.ts';
import { connectAny } from './connect.ts';
import { resolveHost, resolveLiteral } from './resolve.ts';
import { resolversAllowed } from './resolvers.ts';
import { refusesOffer, secure } from './secure.ts';

export type DialPhase = 'dns' | 'connect' | 'tls';
type Known = Readonly<{ tried: readonly AddressTried[]; tls: TlsSeen | null }>;
export type Dialled =
  | (Known & Readonly<{ ok: true; socket: Socket; address: string }>)
  | (Known & Readonly<{ ok: false; phase: DialPhase; code: string; address: string | null }>);

export type DialTarget = Readonly<{
  hostname: string;
  port: number;
  secure: boolean;
  /** False: whoever holds the other end is believed, whatever its certificate says. */
  verify?: boolean;
  /** The name asked for by SNI and looked for in the certificate, where it isn't the host's. */
  serverName?: string | null;
  http?: HttpVersionWanted;
  family?: AddressFamily;
  /** Resolvers that this target's owner wants asked (`1.1.1.1`, `[2606:4700::1111]:53`); judged like any address. */
  resolvers?: readonly string[];
}>;

type Refused = Extract<Dialled, { ok: false }>;
const refused = (phase: DialPhase, code: string, known: Partial<Refused> = {}): Refused => ({
  ...{ address: null, tried: [], tls: null, ...known },
  ok: false,
  phase,
  code,
});

const untilAborted = <T>(work: Promise<T>, signal: AbortSignal): Promise<T | 'aborted'> =>
  new Promise((resolve, reject) => {
    const abort = (): void => resolve('aborted');
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });

/** Of the addresses that may be dialled. */
const mostTried = 8;

/** The addresses of the name that the rules let through, or why there is none. */
const judge = (addresses: readonly string[], port: number, rules: DialRules): readonly string[] | Refused => {
  const allowed = addresses.filter((address) => addressAllowed(address, rules));
  if (allowed.length === 0) return refused('connect', 'ADDRESS_DENIED');
  const open = allowed.filter((address) => portAllowed(port, rules, address));
  return open.length === 0 ? refused('connect', 'PORT_DENIED') : open.slice(0, mostTried);
};

type Way = Readonly<{
  target: DialTarget;
  rules: DialRules;
  signal: AbortSignal;
  enter: (phase: DialPhase) => void;
}>;

/** Where the name leads, as far as the rules allow. */
const findAddresses = async ({ target, rules, signal, enter }: Way): Promise<readonly string[] | Refused> => {
  const host = bareHost(target.hostname);
  if (!hostAllowed(target.hostname, rules)) return refused('connect', 'ADDRESS_DENIED');
  enter(isIP(host) === 0 ? 'dns' : 'connect');
  const { resolvers = [], family = 'any' } = target;
  if (!resolversAllowed(resolvers, rules)) return refused('dns', 'RESOLVER_DENIED');
  const servers = resolvers.length > 0 ? resolvers : (rules.dnsServers ?? null);
  const resolved = resolveLiteral(host, family) ?? (await untilAborted(resolveHost(host, { servers, family }), signal));
  if (resolved === 'aborted') return refused('dns', 'ABORTED');
  return resolved.ok ? judge(resolved.addresses, target.port, rules) : refused('dns', resolved.code);
};

/** A connection to one of these addresses; whom it really reached is judged again. */
const connectTo = async (addresses: readonly string[], { target, rules, signal }: Way): Promise<Dialled> => {
  const connected = await connectAny(addresses, target.port, signal);
  const { tried } = connected;
  if (!connected.ok) return refused('connect', connected.code, { tried });
  const { socket } = connected;
  const address = socket.remoteAddress ?? '';
  if (addressAllowed(address, rules)) return { ok: true, socket, address, tried, tls: null };
  socket.destroy();
  if (address === '') return refused('connect', 'ECONNRESET', { tried });
  return refused('connect', 'ADDRESS_DENIED', { address, tried });
};

/** The handshake; a server that takes nothing of what is offered is offered more, over a connection of its own. */
const secureIt = async (dialled: Extract<Dialled, { ok: true }>, way: Way): Promise<Dialled> => {
  const { target, signal } = way;
  const host = bareHost(target.serverName ?? target.hostname);
  const options = { host, verify: target.verify ?? true, http: target.http ?? '1.1' };
  const { address, tried } = dialled;
  let secured = await secure(dialled.socket, options, signal);
  if (!secured.ok && refusesOffer(secured.code) && !signal.aborted) {
    const again = await connectTo([address], way);
    if (again.ok) secured = await secure(again.socket, { ...options, wide: true }, signal);
  }
  const tls = secured.seen;
  if (secured.ok) return { ok: true, socket: secured.socket, address, tried, tls };
  return refused('tls', secured.code, { address, tried, tls });
};

/**
 * The one way out: resolves, dials only addresses that the rules allow, asks the socket whom it reached, and does the TLS
 * handshake. `enter` hears each phase begin. An aborted signal gives the code `ABORTED` in the phase it struck.
 */
export const dial = async (
  target: DialTarget,
  rules: DialRules,
  signal: AbortSignal,
  enter: (phase: DialPhase) => void,
): Promise<Dialled> => {
  const way = { target, rules, signal, enter };
  const addresses = await findAddresses(way);
  if ('ok' in addresses) return addresses;
  enter('connect');
  const dialled = await connectTo(addresses, way);
  if (!dialled.ok || !target.secure) return dialled;
  enter('tls');
  return secureIt(dialled, way);
};
