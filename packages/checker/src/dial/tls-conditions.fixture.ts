import type { ServerOptions } from 'node:https';
import type { Socket } from 'node:net';
import {
  type Authority,
  type Issued,
  type IssueOptions,
  startAuthority,
  startOpensslServer,
  startRawTarget,
  startTlsTarget,
} from '@farwatch/testkit';

type Started = AsyncDisposable & Readonly<{ port: number }>;
type Condition = Readonly<{
  start: (world: TlsWorld) => Promise<Started>;
  /** Default `shop.example`, which is in every certificate that isn't said to be for another. */
  host?: string;
}>;
const day = 86_400_000;
const signs = ['basicConstraints = critical, CA:TRUE', 'keyUsage = critical, keyCertSign, cRLSign'];
const forShop = ['subjectAltName = DNS:shop.example'];

/** Ends of certificates (epoch ms, whole seconds as certificates have them). */
const now = Math.floor(Date.now() / 1_000) * 1_000;
export const ends = { valid: now + 40 * day, expired: now - day } as const;

/** For tests: an authority made with openssl, a root to trust, and what it signed. */
export type TlsWorld = Readonly<{
  authority: Authority;
  root: Issued;
  intermediate: Issued;
  /** For shop.example, by the intermediate, unless told otherwise. */
  leaf: (options?: Partial<IssueOptions>) => Promise<Issued>;
}>;
export const startTlsWorld = async (): Promise<TlsWorld & AsyncDisposable> => {
  const authority = await startAuthority();
  const root = await authority.issue({ subject: '/CN=Farwatch root', extensions: signs });
  const intermediate = await authority.issue({ subject: '/CN=Farwatch intermediate', extensions: signs, issuer: root });
  const leaf: TlsWorld['leaf'] = (options = {}) =>
    authority.issue({
      ...{ subject: '/CN=shop.example', extensions: forShop, issuer: intermediate, notAfter: ends.valid },
      ...options,
    });
  return { authority, root, intermediate, leaf, [Symbol.asyncDispose]: () => authority[Symbol.asyncDispose]() };
};

const serve = (leaf: Issued, behind: readonly Issued[], tls: ServerOptions = {}): Promise<Started> =>
  startTlsTarget((_, res) => res.end('hi'), {
    tls: { cert: [leaf, ...behind].map(({ cert }) => cert).join(''), key: leaf.key, ...tls },
  });
/** A leaf as asked for with its intermediate behind it, over a server as told. */
const served = (options: Partial<IssueOptions> = {}, tls: ServerOptions = {}): Condition => ({
  start: async ({ leaf, intermediate }) => serve(await leaf(options), [intermediate], tls),
});
const weak = (more: ServerOptions): ServerOptions => ({ ciphers: 'ALL:@SECLEVEL=0', ...more });
/** Whatever came first from the client is answered like this. */
const said = (misbehave: (socket: Socket) => void): Condition => ({
  start: () => startRawTarget((socket) => socket.once('data', () => misbehave(socket))),
});
const rsa = { key: 'rsa:2048' };
const noRoot = { subject: '/CN=stranger', extensions: signs };

/** The conditions of tls/tls-conditions.json, each by a real server. */
export const conditions: Readonly<Record<string, Condition>> = {
  'good-chain': served(rsa),
  'ecdsa-p256': served(),
  'san-only-no-cn': served({ subject: '/O=Shop' }),
  'no-subject': served({ subject: '/', extensions: ['subjectAltName = critical, DNS:shop.example'] }),
  'reversed-chain': { start: async ({ leaf, root, intermediate }) => serve(await leaf(), [root, intermediate]) },
  'rsa1024-leaf': {
    start: async ({ leaf, intermediate }) => serve(await leaf({ key: 'rsa:1024' }), [intermediate], weak({})),
  },
  'tls12-only': served({}, { maxVersion: 'TLSv1.2' }),
  'tls13-only': served({}, { minVersion: 'TLSv1.3' }),
  'static-rsa-kx': served(rsa, { maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA' }),
  'cn-only-no-san': served({ extensions: [] }),
  'wrong-host': served({ subject: '/CN=other.example', extensions: ['subjectAltName = DNS:other.example'] }),
  'wildcard-too-deep': { ...served({ extensions: ['subjectAltName = DNS:*.shop.example'] }), host: 'a.b.shop.example' },
  expired: served({ notBefore: ends.expired - 90 * day, notAfter: ends.expired }),
  'not-yet-valid': served({ notBefore: now + day }),
  'self-signed': {
    start: async ({ authority }) =>
      serve(await authority.issue({ subject: '/CN=shop.example', extensions: forShop, notAfter: ends.valid }), []),
  },
  'untrusted-root': {
    start: async ({ authority, leaf }) => {
      const stranger = await authority.issue(noRoot);
      return serve(await leaf({ issuer: stranger }), [stranger]);
    },
  },
  'incomplete-chain': { start: async ({ leaf }) => serve(await leaf(), []) },
  'tls10-only': served({}, weak({ minVersion: 'TLSv1', maxVersion: 'TLSv1' })),
  'tls11-only': served({}, weak({ minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1' })),
  'null-cipher': served(rsa, { maxVersion: 'TLSv1.2', ciphers: 'NULL-SHA256:@SECLEVEL=0' }),
  // No OpenSSL serves a group below 1024 bits, so there is none: Diffie-Hellman alone and no parameters for it.
  'dh-small': served(rsa, { maxVersion: 'TLSv1.2', ciphers: 'DHE-RSA-AES128-GCM-SHA256' }),
  'client-cert-required': served({}, { requestCert: true, rejectUnauthorized: true }),
  'plain-http-on-tls-port': said((socket) => socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n')),
  garbage: said((socket) => socket.end('A'.repeat(100))),
  'accept-then-silence': { start: () => startRawTarget(() => undefined) },
  'close-at-once': { start: () => startRawTarget((socket) => socket.end()) },
  'rst-mid-handshake': said((socket) => socket.resetAndDestroy()),
  'sha1-intermediate': {
    start: async ({ authority, root, leaf }) => {
      const sha1 = { subject: '/CN=Farwatch SHA-1', extensions: signs, issuer: root, digest: 'sha1' };
      const behind = await authority.issue(sha1);
      const args = ['-cert_chain', behind.certFile, '-cipher', 'ALL:@SECLEVEL=0'];
      return startOpensslServer(await leaf({ issuer: behind }), args);
    },
  },
  revoked: {
    start: async ({ authority, leaf, intermediate }) => {
      const revoked = await leaf();
      if (!(await authority.revoke(revoked, intermediate))) throw new Error('openssl does not see it as revoked');
      return serve(revoked, [intermediate]);
    },
  },
};

/** Good servers that take only what a narrow client doesn't offer at first. */
export const rareServers: Readonly<Record<string, Condition>> = {
  'key shares of P-521 alone': served({}, { ecdhCurve: 'P-521' }),
  'key shares of P-521 alone, over TLS 1.2': served({}, { ecdhCurve: 'P-521', maxVersion: 'TLSv1.2' }),
  'key shares of X448 alone': served({}, { ecdhCurve: 'X448' }),
  'a post-quantum key share alone': served({}, { ecdhCurve: 'X25519MLKEM768', minVersion: 'TLSv1.3' }),
  'a certificate on P-521': served({ key: 'P-521' }),
  'a certificate on P-521, over TLS 1.2': served({ key: 'P-521' }, { maxVersion: 'TLSv1.2' }),
  'a certificate of Ed448': served({ key: 'ed448' }),
  'a certificate of RSA-PSS': served({ key: 'rsa-pss' }),
};
