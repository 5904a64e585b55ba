import type { X509Certificate } from 'node:crypto';
import type { Certificate } from '@farwatch/domain';

/** Certificates change every few weeks: nearly every look meets one that was read before. */
const mostKept = 5_000;
const kept = new Map<string, Certificate>();
const longestChain = 10;
const longestName = 1_000;
const mostNames = 200;

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

/** What a certificate says, read once: its chain costs a good part of a handshake. */
export const certificateOf = (leaf: X509Certificate): Certificate => {
  const sha256 = leaf.fingerprint256;
  const known = kept.get(sha256);
  if (known !== undefined) return known;
  const certificate = read(leaf, sha256);
  if (kept.size >= mostKept) kept.clear();
  kept.set(sha256, certificate);
  return certificate;
};
