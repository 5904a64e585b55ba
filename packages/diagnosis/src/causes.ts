/** Who can have broken it, from the visitor on. `link`: between two hops. `none`: nothing is broken. */
export const hops = ['client', 'edge', 'gateway', 'link', 'origin', 'none', 'unknown'] as const;
export type HopWord = (typeof hops)[number];

/** What is known of a cause whatever the case: who is to mend it, and its name in plain words. */
type CauseFacts = Readonly<{
  /** The hop that broke, unless the case says otherwise. */
  hop: HopWord;
  /** A sentence fragment: "the origin's service is not running". */
  words: string;
}>;

/** The closed list of causes. A new word is a decision (docs/decisions/0017), not a string. */
export const causeFacts = {
  'origin-not-listening': { hop: 'origin', words: 'nothing listens where the gateway looks for the application' },
  'gateway-wrong-target': { hop: 'gateway', words: 'the gateway is pointed at the wrong host, port or protocol' },
  'socket-missing': { hop: 'origin', words: 'the unix socket of the application does not exist' },
  'socket-permission': { hop: 'link', words: 'the gateway may not open the unix socket of the application' },
  'origin-unreachable': {
    hop: 'link',
    words: 'the gateway gets no way through to the origin (firewall, routing, dead host)',
  },
  'upstream-dns': { hop: 'link', words: "the gateway can't resolve the name of the origin" },
  'upstream-tls': { hop: 'link', words: 'gateway and origin do not agree on TLS' },
  'origin-closed-early': { hop: 'origin', words: 'the application closed the connection before it had answered' },
  'origin-reset': { hop: 'origin', words: 'the application reset the connection' },
  'origin-invalid-response': { hop: 'origin', words: 'the origin answered with something that is not valid HTTP' },
  'origin-header-too-big': { hop: 'origin', words: "the origin's response headers are larger than the gateway takes" },
  'origin-timeout': { hop: 'origin', words: 'the application did not answer in time' },
  'origin-saturated': { hop: 'origin', words: 'the application has no worker left for new requests' },
  'truncated-body': { hop: 'origin', words: 'the answer was cut off in the middle' },
  'compression-or-length': { hop: 'origin', words: 'the answer is compressed wrongly or its length is wrong' },
  'masked-outage': { hop: 'origin', words: 'an error page is served with a good status' },
  'empty-page': { hop: 'origin', words: 'the page is empty' },
  'no-live-upstream': { hop: 'origin', words: 'the gateway holds every server behind it for dead' },
  'app-error': { hop: 'origin', words: 'the application itself failed' },
  'origin-refusing': { hop: 'origin', words: 'the origin refuses on purpose or for overload' },
  maintenance: { hop: 'origin', words: 'the site is in maintenance' },
  'rate-limited': { hop: 'client', words: 'too many requests: the site limits the rate' },
  'not-found': { hop: 'origin', words: 'there is nothing at this address' },
  blocked: { hop: 'edge', words: 'a protection in front of the site turned this check away' },
  'request-too-large': { hop: 'client', words: 'the request is larger than the server takes' },
  'gateway-overloaded': { hop: 'gateway', words: 'the gateway itself has no room left' },
  'gateway-config': { hop: 'gateway', words: "the gateway's own configuration is wrong" },
  'gateway-dependency': { hop: 'gateway', words: 'a service that the gateway asks first (such as log-in) failed' },
  'gateway-down': { hop: 'gateway', words: 'nothing listens at the public address' },
  'gateway-unreachable': { hop: 'gateway', words: 'no way leads to the public address (firewall, routing, dead host)' },
  'gateway-hang': { hop: 'gateway', words: 'the public address takes connections and does not answer' },
  'gateway-closed': { hop: 'gateway', words: 'the public address takes connections and closes them without an answer' },
  'edge-tls': { hop: 'edge', words: 'TLS with the public address fails' },
  'wrong-scheme': { hop: 'client', words: 'HTTP is spoken to an HTTPS port or the other way round' },
  /** Not the site's fault: the check's own safety rules. */
  'check-refused': { hop: 'client', words: 'the check itself may not go there' },
  slow: { hop: 'origin', words: 'it answers, but slowly' },
  healthy: { hop: 'none', words: 'nothing is wrong' },
  'healthy-stale': { hop: 'origin', words: 'an old copy is served while the origin is away' },
  'dns-no-such-name': { hop: 'edge', words: "the site's name does not exist" },
  'dns-no-address': { hop: 'edge', words: "the site's name has no address" },
  'dns-server-failure': { hop: 'edge', words: "the site's name servers fail" },
  'dns-timeout': { hop: 'edge', words: "the site's name servers do not answer" },
  'dns-private-address': { hop: 'edge', words: "the site's name leads to an address that is not public" },
  'certificate-expired': { hop: 'edge', words: 'the certificate has expired' },
  'certificate-not-yet-valid': { hop: 'edge', words: 'the certificate is not valid yet' },
  'certificate-wrong-name': { hop: 'edge', words: 'the certificate is for another name' },
  'certificate-chain': { hop: 'edge', words: 'the certificate chain is incomplete or not trusted' },
  'certificate-self-signed': { hop: 'edge', words: 'the certificate is self-signed' },
  'certificate-no-san': { hop: 'edge', words: 'the certificate names no host the way browsers want it' },
  'certificate-revoked': { hop: 'edge', words: 'the certificate was revoked' },
  'certificate-weak': { hop: 'edge', words: "the certificate's key or signature is too weak" },
} as const satisfies Readonly<Record<string, CauseFacts>>;

export type Cause = keyof typeof causeFacts;
export const causes = Object.keys(causeFacts) as readonly Cause[]; // the keys of a literal

/** How much each of some causes weighs; relative, never negative. */
export type Weights = Readonly<Partial<Record<Cause, number>>>;
