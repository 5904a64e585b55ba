import { connect, isIP, type Socket } from 'node:net';
import { codeOf } from './error-code.ts';

export type Connected = Readonly<{ ok: true; socket: Socket }> | Readonly<{ ok: false; code: string }>;

/** RFC 8305's "Connection Attempt Delay". */
const attemptDelayMs = 250;

/** These say that this machine has no way to that family; another address's code says more about the site. */
const noRoute: ReadonlySet<string> = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT']);
const telling = (codes: readonly string[]): string =>
  codes.find((code) => !noRoute.has(code)) ?? codes[0] ?? 'ECONNREFUSED';

/**
 * Happy eyeballs over judged addresses: the next is tried when one fails, or alongside after 250 ms; the first to connect
 * wins and the others are closed. Settles with a system error code, or `ABORTED` when the signal aborts.
 */
export const connectAny = (addresses: readonly string[], port: number, signal: AbortSignal): Promise<Connected> =>
  new Promise((resolve) => {
    const trying = new Set<Socket>();
    const codes: string[] = [];
    let next = 0;
    let timer: NodeJS.Timeout | undefined;
    let settled = false;

    const settle = (result: Connected): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      for (const socket of trying) if (!result.ok || socket !== result.socket) socket.destroy();
      resolve(result);
    };
    const abort = (): void => settle({ ok: false, code: 'ABORTED' });
    const failed = (socket: Socket, error: Error): void => {
      trying.delete(socket);
      codes.push(codeOf(error, 'ECONNREFUSED'));
      if (next < addresses.length) attempt();
      else if (trying.size === 0) settle({ ok: false, code: telling(codes) });
    };
    const attempt = (): void => {
      clearTimeout(timer);
      const address = addresses[next++];
      if (settled || address === undefined) return;
      const socket = connect({ host: address, port, family: isIP(address), noDelay: true, autoSelectFamily: false });
      trying.add(socket);
      socket.on('error', (error) => failed(socket, error)); // stays: a late error of a won socket must not be unheard
      socket.once('connect', () => settle({ ok: true, socket }));
      if (next < addresses.length) timer = setTimeout(attempt, attemptDelayMs);
    };
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    attempt();
  });
