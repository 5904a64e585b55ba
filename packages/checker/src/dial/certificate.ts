import type { X509Certificate } from 'node:crypto';
import type { Certificate } from '@farwatch/domain';

/** Certificates change every few weeks: nearly every look meets one that was read before. By their length as JSON. */
const mostKept = 16 * 1_024 * 1_024;
/** Read anew after so long: a server may show another chain with the same certificate. */
const holdsMs = 600_000;
type Kept = Readonly<{ certificate: Certificate; readAt: number }>;
const kept = new Map<string, Kept>();
let length = 0;
const longestChain = 10;
const longestName = 400;
const mostNames = 100;

/** Null for a moment that no epoch can hold: a certificate may say anything. */
const momentOf = (date: Date): number | null => (date.getTime() >= 0 ? date.getTime() : null);
/** Several parts of a name stand in lines of their own. Anybody may write one: it can hold what no database's JSON takes. */
const nameOf = (text: string | undefined): string =>
  (text ?? '')
    .replaceAll('\n', ', ')
    .replaceAll(/\p{Cc}/gu, '\ufffd')
    .slice(0, longestName)
    .toWellFormed();

const chainOf = (leaf: X509Certificate): Certificate['chain'] => {
  const chain: { subject: string; issuer: string; endsAt: number | null }[] = [];
  let issuer = leaf.issuerCertificate;
  while (issuer !== undefined && chain.length < longestChain) {
    const { subject, issuer: by, validToDate } = issuer;
    chain.push({ subject: nameOf(subject), issuer: nameOf(by), endsAt: momentOf(validToDate) });
    if (issuer.issuerCertificate?.fingerprint256 === issuer.fingerprint256) break; // signed by itself
    issuer = issuer.issuerCertificate;
  }
  return chain;
};

const read = (leaf: X509Certificate, sha256: string): Certificate => ({
  subject: nameOf(leaf.subject),
  issuer: nameOf(leaf.issuer),
  names: (leaf.subjectAltName ?? '').split(', ', mostNames).filter(Boolean).map(nameOf),
  startsAt: momentOf(leaf.validFromDate),
  endsAt: momentOf(leaf.validToDate),
  serial: leaf.serialNumber.slice(0, longestName),
  sha256,
  chain: chainOf(leaf),
});

/** What a certificate says, read once in a while: its chain costs a good part of a handshake. */
export const certificateOf = (leaf: X509Certificate): Certificate => {
  const sha256 = leaf.fingerprint256;
  const known = kept.get(sha256);
  const now = performance.now();
  if (known !== undefined && now - known.readAt < holdsMs) return known.certificate;
  const certificate = read(leaf, sha256);
  length += JSON.stringify(certificate).length;
  if (length > mostKept) {
    kept.clear();
    length = 0;
  }
  kept.set(sha256, { certificate, readAt: now });
  return certificate;
};
