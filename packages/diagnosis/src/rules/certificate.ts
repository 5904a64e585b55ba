import type { Cause } from '../causes.ts';
import type { Clue, Facts, Rule } from './rule.ts';

const causeOf = (code: string, names: number): Cause | null => {
  if (code === 'CERT_HAS_EXPIRED') return 'certificate-expired';
  if (code === 'CERT_NOT_YET_VALID') return 'certificate-not-yet-valid';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return names === 0 ? 'certificate-no-san' : 'certificate-wrong-name';
  if (code === 'DEPTH_ZERO_SELF_SIGNED_CERT') return 'certificate-self-signed';
  if (code === 'CERT_REVOKED') return 'certificate-revoked';
  if (/TOO_WEAK|TOO_SMALL/u.test(code)) return 'certificate-weak';
  if (
    /^(?:SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|INVALID_CA|PATH_LENGTH|INVALID_PURPOSE|ERROR_IN_CERT)/u.test(code)
  )
    return 'certificate-chain';
  return null;
};

const detailOf = (cause: Cause, facts: Facts): string => {
  const tls = facts.seen.look.hops.at(-1)?.tls;
  const certificate = tls?.certificate;
  if (certificate == null) return '';
  if (cause === 'certificate-expired' && certificate.endsAt !== null)
    return `; it ended on ${new Date(certificate.endsAt).toISOString().slice(0, 10)}`;
  if (cause === 'certificate-not-yet-valid' && certificate.startsAt !== null)
    return `; it begins on ${new Date(certificate.startsAt).toISOString().slice(0, 10)}`;
  if (cause === 'certificate-wrong-name') return `; it is for ${certificate.names.slice(0, 5).join(', ')}`;
  if (cause === 'certificate-chain') return `; its issuer is ${certificate.issuer.slice(0, 120)}`;
  return '';
};

const read = (facts: Facts): readonly Clue[] => {
  const { failure, ref, hops } = facts.seen.look;
  if (failure?.kind !== 'network' || failure.phase !== 'tls') return [];
  const cause = causeOf(failure.code, hops.at(-1)?.tls?.certificate?.names.length ?? 1);
  if (cause === null) return [];
  return [
    {
      text: `the certificate was refused (${failure.code})${detailOf(cause, facts)}`,
      weights: { [cause]: 60, 'edge-tls': 1 },
      look: ref,
    },
  ];
};

/** A certificate that a browser refuses says itself what is wrong with it. */
export const certificate: Rule = {
  id: 'certificate',
  source: 'OpenSSL, verify(1), "Diagnostics"; RFC 9525, section 2 (no common names)',
  part: 'opening',
  read,
};
