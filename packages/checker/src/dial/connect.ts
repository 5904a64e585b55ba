import { connect, isIP, type Socket } from 'node:net';
import type { AddressTried } from '@farwatch/domain';
import { codeOf } from './error-code.ts';

/** `tried` in the order in which they ended; those that another one overtook are not in it. */
export type Connected = Readonly<{ tried: readonly AddressTried[] }> &
  (Readonly<{ ok: true; socket: Socket }> | Readonly<{ ok: false; code: string }>);

/** RFC 8305's "Connection Attempt Delay". */
const attemptDelayMs = 250;

/** These say that this machine has no way to that family; another address's code says more about the site. */
const noRoute: ReadonlySet<string> = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT']);
const telling = (tried: readonly AddressTried[]): string => {
  const codes = tried.flatMap(({ code }) => code ?? []);
  return codes.find((code) => !noRoute.has(code)) ?? codes[0] ?? 'ECONNREFUSED';
};

/**
 * Happy eyeballs over judged addresses: the next is tried when one fails, or alongside after 250 ms; the first to connect
 * wins and the others are closed. Settles with a system error code, or `ABORTED` when the signal aborts.
 */
export const connectAny = (addresses: readonly string[], port: number, signal: AbortSignal): Promise<Connected> =>
  new Promise((resolve) => {
    const trying = new Map<Socket, Readonly<{ address: string; since: number }>>();
    const tried: AddressTried[] = [];
    let next = 0;
    let timer: NodeJS.Timeout | undefined;
    let settled = false;

    const note = (socket: Socket, code: string | null): void => {
      const attempted = trying.get(socket);
      if (attempted === undefined) return;
      trying.delete(socket);
      tried.push({
        address: attempted.address,
        code,
        ms: Math.round((performance.now() - attempted.since) * 1_000) / 1_000,
      });
    };
    const settle = (result: { ok: true; socket: Socket } | { ok: false; code: string }): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      for (const socket of trying.keys()) {
        if (!result.ok) note(socket, 'ETIMEDOUT');
        socket.destroy();
      }
      resolve({ ...result, tried });
    };
    const abort = (): void => settle({ ok: false, code: 'ABORTED' });
    const failed = (socket: Socket, error: Error): void => {
      if (!trying.has(socket)) return;
      note(socket, codeOf(error, 'ECONNREFUSED'));
      if (next < addresses.length) attempt();
      else if (trying.size === 0) settle({ ok: false, code: telling(tried) });
    };
    const attempt = (): void => {
      clearTimeout(timer);
      const address = addresses[next++];
      if (settled || address === undefined) return;
      const socket = connect({ host: address, port, family: isIP(address), noDelay: true, autoSelectFamily: false });
      trying.set(socket, { address, since: performance.now() });
      socket.on('error', (error) => failed(socket, error)); // stays: a late error of a won socket must not be unheard
      socket.once('connect', () => {
        note(socket, null);
        settle({ ok: true, socket });
      });
      if (next < addresses.length) timer = setTimeout(attempt, attemptDelayMs);
    };
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    attempt();
  });
