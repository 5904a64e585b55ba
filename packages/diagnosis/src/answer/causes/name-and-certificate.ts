import type { Cause } from '../../causes.ts';
import { type CauseHelp, command } from '../help.ts';

const ask = command('What the world’s resolvers say', 'dig +short {host} A; dig +short {host} AAAA; dig +trace {host}');
const servers = command('The name servers, one by one', 'dig {host} NS +short; dig {host} SOA +nssearch');
const seen = command(
  'The certificate as it is served',
  'openssl s_client -connect {hostport} -servername {host} -showcerts </dev/null 2>/dev/null | openssl x509 -noout -subject -issuer -dates -ext subjectAltName',
);
const renew = command('Renew it, where certbot keeps it', 'certbot certificates\ncertbot renew');
const dns = { settledBy: ['name'], snippets: [ask, servers] } as const;
const shown = { settledBy: ['certificate'], snippets: [seen] } as const;

/** The name or the certificate, before any request was sent. */
export const nameCauses = {
  'dns-no-such-name': {
    ...{ ...dns, sign: 'a name that does not exist' },
    fix: 'See that the domain is still registered and paid for, and that its record for this name is there.',
    disproof: 'If resolvers elsewhere find an address, the resolver here is wrong or keeps an old answer.',
  },
  'dns-no-address': {
    ...{ ...dns, sign: 'a name without an address' },
    fix: 'Add the missing A or AAAA record for the name, or correct the CNAME that leads nowhere.',
    disproof: 'If resolvers elsewhere find an address of that kind, the resolver here is wrong.',
  },
  'dns-server-failure': {
    ...{ ...dns, sign: 'a failure of the name servers' },
    fix: 'Look at the name servers of the domain: they fail, or their DNSSEC signatures do not fit.',
    disproof: 'If each of the domain’s name servers answers well, the resolver in between fails.',
  },
  'dns-timeout': {
    ...{ ...dns, sign: 'name servers that do not answer' },
    fix: 'Look at the name servers of the domain: they do not answer in time.',
    disproof:
      'If each of the domain’s name servers answers at once from elsewhere, the way to them is broken from here.',
  },
  'dns-private-address': {
    ...{ ...dns, sign: 'an address that is not public' },
    fix: 'Give the name a public address in the public DNS: the one it has can’t be reached from the internet.',
    disproof: 'If resolvers elsewhere find a public address, the resolver here answers for an inner network.',
  },
  'certificate-expired': {
    ...{ ...shown, sign: 'an end that is past', snippets: [seen, renew] },
    fix: 'Renew the certificate, reload the server so that it serves the new one, and see why the renewal did not happen by itself.',
    disproof:
      'If the certificate that is served ends in the future, the clock of this place is wrong, or another server answered.',
  },
  'certificate-not-yet-valid': {
    ...{ ...shown, sign: 'a beginning that is still to come' },
    fix: 'Serve the certificate that is valid now, or correct the clock of the machine that made it.',
    disproof: 'If the certificate that is served began in the past, the clock of this place is wrong.',
  },
  'certificate-wrong-name': {
    ...{ ...shown, sign: 'other names than this one' },
    fix: 'Serve a certificate that names this host: the server has none for it, or takes the default because the name is in no server block.',
    disproof: 'If the certificate that is served names this host, another server answered.',
  },
  'certificate-chain': {
    ...{ ...shown, sign: 'an intermediate certificate that is missing' },
    fix: 'Serve the full chain (with the intermediate certificates), from an authority that browsers trust.',
    disproof: 'If the chain that is served verifies on a fresh machine, the trust store of this place is old.',
  },
  'certificate-self-signed': {
    ...{ ...shown, sign: 'an issuer that is the certificate itself', snippets: [seen, renew] },
    fix: 'Replace the self-signed certificate by one of an authority that browsers trust.',
    disproof: 'If the certificate that is served has another issuer, another server answered.',
  },
  'certificate-no-san': {
    ...{ ...shown, sign: 'no subject alternative name' },
    fix: 'Have the certificate made anew with the host as a subject alternative name: browsers do not read the common name.',
    disproof: 'If it lists this host as a subject alternative name, another server answered.',
  },
  'certificate-revoked': {
    ...{ ...shown, sign: 'a revocation', snippets: [seen, renew] },
    fix: 'Have a new certificate issued with a new key: the authority has withdrawn this one.',
    disproof: 'If the authority’s OCSP answer says “good”, it is something else.',
  },
  'certificate-weak': {
    ...{ ...shown, sign: 'a key or signature that is too weak', snippets: [seen, renew] },
    fix: 'Have the certificate made anew with a key of at least 2,048 bits (RSA) or 256 (EC) and a SHA-256 signature.',
    disproof: 'If key and signature are of that strength, it is something else.',
  },
} as const satisfies Partial<Record<Cause, CauseHelp>>;
