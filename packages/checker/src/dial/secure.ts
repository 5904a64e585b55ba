import type { X509Certificate } from 'node:crypto';
import { isIP, type Socket } from 'node:net';
import {
  connect,
  createSecureContext,
  DEFAULT_CIPHERS,
  type DetailedPeerCertificate,
  type SecureContext,
  type TLSSocket,
} from 'node:tls';
import type { HttpVersionWanted, TlsSeen } from '@farwatch/domain';
import { certificateOf } from './certificate.ts';
import { codeOf } from './error-code.ts';

/** `seen`: what was shown, by a server that is refused too; null when the handshake came to nothing. */
export type Secured = Readonly<{ seen: TlsSeen | null }> &
  (Readonly<{ ok: true; socket: TLSSocket }> | Readonly<{ ok: false; code: string }>);

export type SecureOptions = Readonly<{
  /** Asked for by SNI, and what the certificate must be made for; an address is not sent. */
  host: string;
  /** False: whoever holds the other end is believed. */
  verify: boolean;
  http: HttpVersionWanted;
  /** True = OpenSSL's own key shares and signatures instead of the cheap ones that nearly all servers take. */
  wide?: boolean;
}>;

const alpn = { auto: ['h2', 'http/1.1'], '1.1': ['http/1.1'], '2': ['h2'] } as const;

/** The post-quantum share that OpenSSL 3.5 sends by default costs a tenth of a handshake and is asked of nobody yet. */
const narrow = {
  ecdhCurve: 'X25519:P-256:P-384',
  sigalgs: [
    ...['ecdsa_secp256r1_sha256', 'rsa_pss_rsae_sha256', 'rsa_pkcs1_sha256', 'ecdsa_secp384r1_sha384'],
    ...['rsa_pss_rsae_sha384', 'rsa_pkcs1_sha384', 'rsa_pss_rsae_sha512', 'rsa_pkcs1_sha512', 'ed25519'],
  ].join(':'),
};
/**
 * Level 1, as browsers have it: a key of 1024 bits is weak and no failure; SHA-1 stays one. No DHE, as browsers have it too: a
 * server may choose a group of 10,000 bits, which costs a second.
 */
const ciphers = `${DEFAULT_CIPHERS}:!DHE:@SECLEVEL=1`;
const contexts = new Map<boolean, SecureContext>();
/** Loading the roots costs far more than a handshake, so all looks share one context a kind; it holds no sessions. */
const contextOf = (wide: boolean): SecureContext => {
  const known = contexts.get(wide) ?? createSecureContext(wide ? { ciphers } : { ...narrow, ciphers });
  contexts.set(wide, known);
  return known;
};

/** Alerts and refusals that come of what we offered, and that offering more may change. */
export const refusesOffer = (code: string): boolean =>
  /^ERR_SSL_.*(?:HANDSHAKE_FAILURE|ILLEGAL_PARAMETER|INSUFFICIENT_SECURITY|SIGNATURE|SIGALG|GROUP|CURVE|KEY_SHARE|SHARED_CIPHER)/u.test(
    code,
  );

/** A certificate's common name is no name of a host: browsers don't take it, and neither do we (RFC 9525, section 2). */
const namesHost = (certificate: X509Certificate, host: string): boolean => {
  if (certificate.subjectAltName === undefined) return false;
  if (isIP(host) !== 0) return certificate.checkIP(host) !== undefined;
  return certificate.checkHost(host, { subject: 'never', partialWildcards: false }) !== undefined;
};

/** Undefined for a key of a kind that OpenSSL doesn't know: reading it throws. */
const bitsOf = (certificate: X509Certificate): number | undefined => {
  try {
    return certificate.publicKey.asymmetricKeyDetails?.modulusLength;
  } catch {
    return undefined;
  }
};

/** Node calls UNSPECIFIED what OpenSSL refuses as too weak. */
const weaknessOf = (leaf: X509Certificate | undefined): string => {
  for (let each = leaf; each !== undefined; each = each.issuerCertificate) {
    if (/sha1|md5/iu.test(each.signatureAlgorithm ?? '') && each.issuer !== each.subject) return 'CA_MD_TOO_WEAK';
    const bits = bitsOf(each);
    if (bits !== undefined && bits < 1_024) return each === leaf ? 'EE_KEY_TOO_SMALL' : 'CA_KEY_TOO_SMALL';
    if (each.issuer === each.subject) break;
  }
  return 'CERT_UNTRUSTED';
};

const faultOf = (socket: TLSSocket, certificate: X509Certificate | undefined, host: string): string | null => {
  const { authorizationError } = socket;
  if (String(authorizationError) === 'UNSPECIFIED') return weaknessOf(certificate);
  if (typeof authorizationError === 'string') return authorizationError;
  if (!socket.authorized || certificate === undefined) return codeOf(authorizationError, 'CERT_UNTRUSTED');
  return namesHost(certificate, host) ? null : 'ERR_TLS_CERT_ALTNAME_INVALID';
};

const dayMs = 86_400_000;
const seenOf = (socket: TLSSocket, host: string, stapled: boolean): TlsSeen => {
  const leaf = socket.getPeerX509Certificate();
  const certificate = leaf === undefined ? null : certificateOf(leaf);
  const endsAt = certificate?.endsAt ?? null;
  return {
    version: socket.getProtocol(),
    cipher: socket.getCipher()?.standardName ?? null,
    certificate,
    daysLeft: endsAt === null ? null : Math.floor((endsAt - Date.now()) / dayMs),
    stapled,
    error: faultOf(socket, leaf, host),
  };
};

/** Null for a certificate that can't be read: whoever made it must not end this process. */
const seenSafely = (...asked: Parameters<typeof seenOf>): TlsSeen | null => {
  try {
    return seenOf(...asked);
  } catch {
    return null;
  }
};

/**
 * A fresh handshake over a connected socket; the certificate is verified here and nowhere else. Settles with a code when it
 * fails (`CERT_HAS_EXPIRED` …), and with `ABORTED` when the signal does.
 */
export const secure = (socket: Socket, options: SecureOptions, signal: AbortSignal): Promise<Secured> =>
  new Promise((resolve) => {
    const { host, verify, http, wide = false } = options;
    const secured = connect({
      socket,
      host,
      servername: isIP(host) === 0 ? host : '',
      secureContext: contextOf(wide),
      ALPNProtocols: [...alpn[http]],
      rejectUnauthorized: false, // judged below, so that a refused certificate can still be shown
      checkServerIdentity: () => undefined,
      requestOCSP: true,
    });
    // Node would parse the whole chain at every handshake for an identity check that is ours: a quarter of the cost.
    secured.getPeerCertificate = () => ({}) as DetailedPeerCertificate; // only handed to the check above
    let stapled = false;
    const settle = (result: Secured): void => {
      signal.removeEventListener('abort', abort);
      if (!result.ok) secured.destroy();
      resolve(result);
    };
    const fail = (code: string): void => settle({ ok: false, code, seen: null });
    const abort = (): void => fail('ABORTED');
    signal.addEventListener('abort', abort, { once: true });
    secured.on('error', (error) => fail(codeOf(error, 'TLS_FAILED')));
    secured.once('close', () => fail('ECONNRESET'));
    secured.once('OCSPResponse', (answer: Buffer | null) => {
      stapled = (answer?.length ?? 0) > 0;
    });
    secured.once('secureConnect', () => {
      const seen = seenSafely(secured, host, stapled);
      if (seen === null) fail('CERT_UNREADABLE');
      else if (verify && seen.error !== null) settle({ ok: false, code: seen.error, seen });
      else settle({ ok: true, socket: secured, seen });
    });
  });
