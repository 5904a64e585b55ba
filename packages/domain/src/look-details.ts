/** Which HTTP a look speaks: as the server picks by ALPN, or one alone (over plain HTTP, 2 is spoken unasked). */
export type HttpVersionWanted = 'auto' | '1.1' | '2';
export type HttpVersion = '1.0' | '1.1' | '2';

/** Milliseconds with three decimals, from a monotonic clock; null = the phase was not reached. They add up to the hop's time. */
export type HopPhases = Readonly<{
  dnsMs: number | null;
  connectMs: number | null;
  tlsMs: number | null;
  /** Until the request was handed over to the system. */
  requestMs: number | null;
  firstByteMs: number | null;
  downloadMs: number | null;
}>;

/** A try to connect; `code` null = it stood. */
export type AddressTried = Readonly<{ address: string; code: string | null; ms: number }>;

type CertificateName = Readonly<{ subject: string; issuer: string }>;
/** A server's certificate as it showed it. Moments are epoch ms; null = not to be read. */
export type Certificate = CertificateName &
  Readonly<{
    /** Subject alternative names, `DNS:example.com`. */
    names: readonly string[];
    startsAt: number | null;
    endsAt: number | null;
    serial: string;
    /** SHA-256 of the whole certificate, hexadecimal with colons. */
    sha256: string;
    /** Who vouches for it, from its own issuer to the last that was shown. */
    chain: readonly (CertificateName & Readonly<{ endsAt: number | null }>)[];
  }>;

export type TlsSeen = Readonly<{
  /** `TLSv1.3`. */
  version: string | null;
  cipher: string | null;
  certificate: Certificate | null;
  /** Whole days; negative when it has ended. */
  daysLeft: number | null;
  /** Whether an OCSP answer was stapled. */
  stapled: boolean;
  /** Why the certificate can't be believed; null = it can. */
  error: string | null;
}>;

/** One request of a look, and what it met. */
export type Hop = Readonly<{
  /** Secrets removed. */
  url: string;
  tried: readonly AddressTried[];
  address: string | null;
  httpVersion: HttpVersion | null;
  status: number | null;
  tls: TlsSeen | null;
  phases: HopPhases;
  /** Bytes of body as they came, and as they read once decoded. */
  wireBytes: number | null;
  decodedBytes: number | null;
  /** Content-Encoding. */
  coding: string | null;
}>;

/** Something wrong with an answer besides its status. */
export type Finding = Readonly<{
  kind: 'length' | 'compression' | 'protocol';
  /** `CUT_BODY`, `CORRUPT_CODING` … */
  code: string;
  /** One plain sentence. */
  text: string;
  /** How the same question without compression was answered; null = it was not asked again. */
  withIdentity: 'good' | 'bad' | null;
}>;

/** What the origin said when it was asked directly, because the public URL had failed. */
export type TwinAnswer = Readonly<{
  /** The address that was asked, `https://203.0.113.7:8443`. */
  origin: string;
  /** Whether the answer would count as up. */
  verdict: 'good' | 'bad';
  /** What is wrong with it, in words; null = nothing. */
  reason: string | null;
  hop: Hop | null;
  /** The body's first 64 KiB as they came, base64; null when there was no answer. */
  bodyBase64: string | null;
  headers: readonly (readonly [name: string, value: string])[];
}>;

/** A look in full; kept when it shows something new. */
export type LookDetails = Readonly<{
  /** More than one where redirects were followed; the last gave the answer. */
  hops: readonly Hop[];
  findings: readonly Finding[];
  twin?: TwinAnswer;
}>;
