import type { Cause } from '../causes.ts';

/** What a visitor is told: of several causes the same, for who broke what is none of their business. */
const sentences = {
  away: 'can’t be reached at the moment; it should be back soon, and reloading in a minute is all there is to do.',
  failing: 'has trouble answering at the moment; the people who run it can see that, and a try in a minute may work.',
  slow: 'is slower than usual at the moment; patience or a try in a minute helps.',
  busy: 'has more visitors than it can answer at the moment; please wait a minute before you try again.',
  maintenance: 'is being worked on and will be back when that is done.',
  page: 'is there, but this page can’t be shown at the moment; another page or a try in a minute may work.',
  missing: 'is there, but has nothing at this address.',
  name: 'can’t be found at the moment; a try in a few minutes may work.',
  certificate: 'can’t prove at the moment that it is what it says; please enter nothing there until that is mended.',
  blocked: 'is there, but turned an automatic check away; for visitors it may work as usual.',
  well: 'works as it should.',
} as const;
type Sentence = keyof typeof sentences;

const said: Readonly<Record<Cause, Sentence>> = {
  'origin-not-listening': 'failing',
  'gateway-wrong-target': 'failing',
  'socket-missing': 'failing',
  'socket-permission': 'failing',
  'origin-unreachable': 'failing',
  'upstream-dns': 'failing',
  'upstream-tls': 'failing',
  'origin-closed-early': 'failing',
  'origin-reset': 'failing',
  'origin-invalid-response': 'failing',
  'origin-header-too-big': 'page',
  'origin-timeout': 'failing',
  'origin-saturated': 'busy',
  'truncated-body': 'page',
  'compression-or-length': 'page',
  'masked-outage': 'failing',
  'empty-page': 'page',
  'no-live-upstream': 'failing',
  'app-error': 'failing',
  'origin-refusing': 'failing',
  maintenance: 'maintenance',
  'rate-limited': 'busy',
  'not-found': 'missing',
  blocked: 'blocked',
  'request-too-large': 'page',
  'gateway-overloaded': 'busy',
  'gateway-config': 'failing',
  'gateway-dependency': 'failing',
  'gateway-down': 'away',
  'gateway-unreachable': 'away',
  'gateway-hang': 'away',
  'gateway-closed': 'away',
  'edge-tls': 'away',
  'wrong-scheme': 'away',
  'check-refused': 'blocked',
  slow: 'slow',
  healthy: 'well',
  'healthy-stale': 'well',
  'dns-no-such-name': 'name',
  'dns-no-address': 'name',
  'dns-server-failure': 'name',
  'dns-timeout': 'name',
  'dns-private-address': 'name',
  'certificate-expired': 'certificate',
  'certificate-not-yet-valid': 'certificate',
  'certificate-wrong-name': 'certificate',
  'certificate-chain': 'certificate',
  'certificate-self-signed': 'certificate',
  'certificate-no-san': 'certificate',
  'certificate-revoked': 'certificate',
  'certificate-weak': 'certificate',
};

/** A name as the DNS has it, not an address: letters in the last label. */
const isName = (host: string): boolean =>
  /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.){0,126}(?=[a-z0-9-]{0,62}[a-z])[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/iu.test(
    host,
  );

/** One calm sentence for visitors: no address, path, product or version, and no host but the monitor's. */
export const visitorSentence = (cause: Cause, host: string): string =>
  `${isName(host) ? host : 'This site'} ${sentences[said[cause]]}`;
