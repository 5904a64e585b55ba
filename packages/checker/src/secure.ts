import { isIP, type Socket } from 'node:net';
import {
  checkServerIdentity,
  connect,
  createSecureContext,
  type PeerCertificate,
  type SecureContext,
  type TLSSocket,
} from 'node:tls';
import { codeOf } from './error-code.ts';

/** `certificateEndsAt` (epoch ms): of a certificate that was believed, or would have been had it not run out. */
export type Secured = Readonly<{ certificateEndsAt: number | null }> &
  (Readonly<{ ok: true; socket: TLSSocket }> | Readonly<{ ok: false; code: string }>);

let shared: SecureContext | undefined;
/** Loading the roots costs far more than a handshake, so all looks share one context; it holds no sessions. */
const context = (): SecureContext => {
  shared ??= createSecureContext();
  return shared;
};

/** Node takes a certificate's common name when it has no SAN; browsers don't, and neither do we. */
export const checkIdentity = (hostname: string, certificate: PeerCertificate): Error | undefined => {
  if (certificate.subjectaltname !== undefined) return checkServerIdentity(hostname, certificate);
  return Object.assign(new Error('The certificate names no host'), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
};

/** Null for an end that no epoch can hold: a certificate may say anything. */
const endOf = (socket: TLSSocket): number | null => {
  const at = socket.getPeerX509Certificate()?.validToDate.getTime() ?? Number.NaN;
  return at >= 0 ? at : null;
};

/**
 * A fresh handshake over a connected socket, certificate verified unless its owner wants it otherwise. Settles with Node's code when it fails
 * (`CERT_HAS_EXPIRED` …), and with `ABORTED` when the signal does.
 */
export const secure = (socket: Socket, host: string, signal: AbortSignal, verify = true): Promise<Secured> =>
  new Promise((resolve) => {
    const options = {
      socket,
      host,
      servername: isIP(host) === 0 ? host : '',
      secureContext: context(),
      ALPNProtocols: ['http/1.1'],
      checkServerIdentity: checkIdentity,
      rejectUnauthorized: verify,
    };
    const secured = connect(options);
    let shownEnd: number | null = null;
    const settle = (result: Secured): void => {
      signal.removeEventListener('abort', abort);
      if (!result.ok) secured.destroy();
      resolve(result);
    };
    const fail = (code: string): void =>
      settle({ ok: false, code, certificateEndsAt: code === 'CERT_HAS_EXPIRED' ? shownEnd : null });
    const abort = (): void => fail('ABORTED');
    signal.addEventListener('abort', abort, { once: true });
    // Node's own listener to `secure` verifies and, on a refusal, forgets the certificate before anybody hears of it.
    secured.prependOnceListener('secure', () => {
      shownEnd = endOf(secured);
    });
    secured.on('error', (error) => fail(codeOf(error, 'TLS_FAILED')));
    secured.once('secureConnect', () => settle({ ok: true, socket: secured, certificateEndsAt: shownEnd }));
    secured.once('close', () => fail('ECONNRESET'));
  });
