import { type Static, type TSchema, Type } from 'typebox';
import { Instant, nullable, words } from './values.ts';

const Length = Type.Number({ minimum: 0 });
const Bytes = Type.Integer({ minimum: 0 });
const Name = Type.String({ maxLength: 1_000 });
const Header = Type.Tuple([Type.String(), Type.String()]);

const HopPhases = Type.Object(
  {
    dnsMs: nullable(Length),
    connectMs: nullable(Length),
    tlsMs: nullable(Length),
    requestMs: nullable(Length),
    firstByteMs: nullable(Length),
    downloadMs: nullable(Length),
  },
  { description: 'milliseconds with three decimals; they add up to the hop’s time; null = not reached' },
);

const certificate = <M extends TSchema>(Moment: M) =>
  Type.Object({
    subject: Name,
    issuer: Name,
    names: Type.Array(Name, { maxItems: 200, description: 'subject alternative names' }),
    startsAt: nullable(Moment),
    endsAt: nullable(Moment),
    serial: Name,
    sha256: Type.String({ maxLength: 100 }),
    chain: Type.Array(Type.Object({ subject: Name, issuer: Name, endsAt: nullable(Moment) }), {
      maxItems: 20,
      description: 'who vouches for it, from its own issuer to the last that was shown',
    }),
  });

const tls = <M extends TSchema>(Moment: M) =>
  Type.Object({
    version: nullable(Type.String({ maxLength: 50 })),
    cipher: nullable(Type.String({ maxLength: 100 })),
    certificate: nullable(certificate(Moment)),
    daysLeft: nullable(Type.Integer({ description: 'whole days until the certificate ends; negative when it has' })),
    stapled: Type.Boolean({ description: 'an OCSP answer was stapled' }),
    error: nullable(Type.String({ maxLength: 200, description: 'why the certificate can’t be believed' })),
  });

const hop = <M extends TSchema>(Moment: M) =>
  Type.Object({
    url: Type.String({ maxLength: 8_192, description: 'secrets removed' }),
    tried: Type.Array(
      Type.Object({
        address: Type.String({ maxLength: 45 }),
        code: nullable(Type.String({ maxLength: 200 })),
        ms: Length,
      }),
      { maxItems: 20, description: 'tries to connect, in the order in which they ended; code null = it stood' },
    ),
    address: nullable(Type.String({ maxLength: 45 })),
    httpVersion: nullable(words(['1.0', '1.1', '2'])),
    status: nullable(Type.Integer({ minimum: 100, maximum: 999 })),
    tls: nullable(tls(Moment)),
    phases: HopPhases,
    wireBytes: nullable(Bytes),
    decodedBytes: nullable(Bytes),
    coding: nullable(Type.String({ maxLength: 400, description: 'Content-Encoding' })),
  });

const FindingSchema = Type.Object({
  kind: words(['length', 'compression', 'protocol']),
  code: Type.String({ maxLength: 200 }),
  text: Type.String({ maxLength: 1_000 }),
  withIdentity: nullable(words(['good', 'bad'])),
});

const twin = <M extends TSchema>(Moment: M) =>
  Type.Object({
    origin: Type.String({ maxLength: 2_100 }),
    verdict: words(['good', 'bad']),
    reason: nullable(Type.String({ maxLength: 500 })),
    hop: nullable(hop(Moment)),
    bodyBase64: nullable(Type.String({ maxLength: 90_000 })),
    headers: Type.Array(Header, { maxItems: 1_000 }),
  });

const details = <M extends TSchema>(Moment: M) =>
  Type.Object({
    hops: Type.Array(hop(Moment), {
      maxItems: 21,
      description: 'one a request; more than one where redirects were followed',
    }),
    findings: Type.Array(FindingSchema, {
      maxItems: 20,
      description: 'what is wrong with the answer besides its status',
    }),
    twin: Type.Optional(twin(Moment)),
  });

/** The shape of domain's `LookDetails` on the queue: moments stay epoch milliseconds there. */
export const LookDetailsSchema = details(Type.Integer());
export const LookDetailsView = details(Instant);
export type LookDetailsView = Static<typeof LookDetailsView>;
