import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';

export type Certificate = Readonly<{ /** PEM */ cert: string /** PEM */; key: string }>;
export type CertificateOptions = Readonly<{
  /** Names and IPv4 addresses of the subjectAltName; none leaves the extension out. Default: localhost, 127.0.0.1. */
  hosts?: readonly string[];
  commonName?: string;
  /** Epoch ms; default an hour ago and a day ahead. */
  notBefore?: number;
  notAfter?: number;
  /** Signed by this one instead of by itself. */
  issuer?: Certificate & Readonly<{ commonName: string }>;
}>;

// Just enough of DER (X.690) to write an X.509 v3 certificate, so that tests need no openssl program.
const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const size = body.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};
const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const text = (value: string) => der(0x0c, Buffer.from(value));
const bits = (value: Uint8Array) => der(0x03, Buffer.from([0]), value);
const time = (at: number) => der(0x18, Buffer.from(`${new Date(at).toISOString().replace(/[-:T]|\.\d+/g, '')}`));

const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
const nameOf = (commonName: string) => sequence(der(0x31, sequence(oid('550403'), text(commonName))));

const alternativeName = (host: string) =>
  isIP(host) === 4 ? der(0x87, Buffer.from(host.split('.').map(Number))) : der(0x82, Buffer.from(host));

const extensionsOf = (hosts: readonly string[]) => {
  const basic = sequence(
    oid('551d13'),
    der(0x01, Buffer.from([255])),
    der(0x04, sequence(der(0x01, Buffer.from([255])))),
  );
  const names = sequence(oid('551d11'), der(0x04, sequence(...hosts.map(alternativeName))));
  return der(0xa3, hosts.length === 0 ? sequence(basic) : sequence(basic, names));
};

const pem = (kind: string, body: Buffer) =>
  `-----BEGIN ${kind}-----\n${body.toString('base64').replace(/(.{64})/g, '$1\n')}\n-----END ${kind}-----\n`;

/** A certificate (P-256) made now. It may sign others: pass it as their `issuer`. */
export const selfMadeCertificate = (options: CertificateOptions = {}): Certificate => {
  const { hosts = ['localhost', '127.0.0.1'], commonName = 'Farwatch test', issuer } = options;
  const { notBefore = Date.now() - 3_600_000, notAfter = Date.now() + 86_400_000 } = options;
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signer: KeyObject = issuer === undefined ? pair.privateKey : createPrivateKey(issuer.key);
  const serial = randomBytes(8);
  serial[0] = 1; // positive and not padded
  const unsigned = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    ecdsaWithSha256,
    nameOf(issuer?.commonName ?? commonName),
    sequence(time(notBefore), time(notAfter)),
    nameOf(commonName),
    pair.publicKey.export({ type: 'spki', format: 'der' }),
    extensionsOf(hosts),
  );
  const cert = sequence(unsigned, ecdsaWithSha256, bits(sign('sha256', unsigned, signer)));
  return { cert: pem('CERTIFICATE', cert), key: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
};
