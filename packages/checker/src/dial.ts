import { isIP, type Socket } from 'node:net';
import { addressAllowed, bareHost, type DialRules, hostAllowed, portAllowed } from './addresses.ts';
import { connectAny } from './connect.ts';
import { resolveHost } from './resolve.ts';
import { secure } from './secure.ts';

export type DialPhase = 'dns' | 'connect' | 'tls';
export type Dialled =
  | Readonly<{ ok: true; socket: Socket; address: string; certificateEndsAt: number | null }>
  | Readonly<{ ok: false; phase: DialPhase; code: string; address: string | null; certificateEndsAt?: number | null }>;

/** `verify` false: whoever holds the other end is believed, whatever its certificate says. */
export type DialTarget = Readonly<{ hostname: string; port: number; secure: boolean; verify?: boolean }>;

const denied = (code: 'ADDRESS_DENIED' | 'PORT_DENIED', address: string | null): Dialled => ({
  ok: false,
  phase: 'connect',
  code,
  address,
});

const untilAborted = <T>(work: Promise<T>, signal: AbortSignal): Promise<T | 'aborted'> =>
  new Promise((resolve, reject) => {
    const abort = (): void => resolve('aborted');
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });

/** The addresses of the name that the rules let through, or why there is none. */
const judge = (addresses: readonly string[], port: number, rules: DialRules): readonly string[] | Dialled => {
  const allowed = addresses.filter((address) => addressAllowed(address, rules));
  if (allowed.length === 0) return denied('ADDRESS_DENIED', null);
  const open = allowed.filter((address) => portAllowed(port, rules, address));
  return open.length === 0 ? denied('PORT_DENIED', null) : open;
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
  const host = bareHost(target.hostname);
  if (!hostAllowed(target.hostname, rules)) return denied('ADDRESS_DENIED', null);
  enter(isIP(host) === 0 ? 'dns' : 'connect');
  const resolved = await untilAborted(resolveHost(host, rules), signal);
  if (resolved === 'aborted') return { ok: false, phase: 'dns', code: 'ABORTED', address: null };
  if (!resolved.ok) return { ok: false, phase: 'dns', code: resolved.code, address: null };
  const addresses = judge(resolved.addresses, target.port, rules);
  if ('ok' in addresses) return addresses;

  enter('connect');
  const connected = await connectAny(addresses, target.port, signal);
  if (!connected.ok) return { ok: false, phase: 'connect', code: connected.code, address: null };
  const { socket } = connected;
  const address = socket.remoteAddress ?? '';
  if (!addressAllowed(address, rules)) {
    socket.destroy();
    return address === ''
      ? { ok: false, phase: 'connect', code: 'ECONNRESET', address: null }
      : denied('ADDRESS_DENIED', address);
  }
  if (!target.secure) return { ok: true, socket, address, certificateEndsAt: null };

  enter('tls');
  const secured = await secure(socket, host, signal, target.verify);
  const { certificateEndsAt } = secured;
  if (secured.ok) return { ok: true, socket: secured.socket, address, certificateEndsAt };
  socket.destroy();
  return { ok: false, phase: 'tls', code: secured.code, address, certificateEndsAt };
};
