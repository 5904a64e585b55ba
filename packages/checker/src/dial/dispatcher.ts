import { Agent, type buildConnector, type Dispatcher } from 'undici';
import type { DialRules } from './addresses.ts';
import { dial } from './dial.ts';

const connectError = (phase: string, code: string): Error =>
  Object.assign(new Error(`${phase} error (${code})`), { code });

/**
 * An undici dispatcher that reaches only what the rules allow: for webhooks and every other address a user typed. A refusal
 * is an Error with the code `ADDRESS_DENIED` or `PORT_DENIED`. It follows no redirects. Close it when done.
 */
export const guardedDispatcher = (rules: DialRules, options: { readonly connectTimeoutMs: number }): Dispatcher => {
  const connect: buildConnector.connector = ({ hostname, port, protocol }, callback) => {
    const secure = protocol === 'https:';
    const target = { hostname, port: Number(port || (secure ? 443 : 80)), secure };
    dial(target, rules, AbortSignal.timeout(options.connectTimeoutMs), () => undefined).then(
      (dialled) => {
        if (dialled.ok) return callback(null, dialled.socket);
        const code = dialled.code === 'ABORTED' ? 'UND_ERR_CONNECT_TIMEOUT' : dialled.code;
        return callback(connectError(dialled.phase, code), null);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
    );
  };
  return new Agent({ connect, allowH2: false });
};
