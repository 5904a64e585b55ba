import type { LookDetailsView } from '@farwatch/contracts';
import { i18n } from '@lingui/core';
import { msg, plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Code } from '../../ui/code.tsx';
import { millisText } from '../../ui/duration.tsx';
import { secondText } from '../../ui/instant.tsx';
import { useZone } from '../../ui/zone.ts';
import { Body, headerText } from './evidence.tsx';
import styles from './look.module.css';
import { Waterfall } from './phases.tsx';
import { TextPart } from './text-part.tsx';

type Hop = LookDetailsView['hops'][number];
type Tls = NonNullable<Hop['tls']>;

export const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

const certificateWords = ({ error, daysLeft }: Tls): string => {
  if (error !== null) return t`not trusted (${error})`;
  if (daysLeft === null) return t`trusted`;
  return daysLeft < 0 ? t`has ended` : plural(daysLeft, { one: '# day left', other: '# days left' });
};

/** A name as the certificate has it is `DNS:shop.example` or `IP Address:192.0.2.1`. */
const hostOf = (name: string): string => name.replace(/^(?:DNS|IP Address):/u, '');
/** A row of bytes breaks between two of them. */
const breakable = (bytes: string): ReactNode =>
  bytes.split(':').flatMap((byte, at) => (at === 0 ? [byte] : [':', <wbr key={at} />, byte])); // bytes never move

const Certificate = ({ tls }: { readonly tls: Tls }) => {
  const zone = useZone();
  const { certificate } = tls;
  if (certificate === null) return null;
  return (
    <>
      <Fact name={t`Certificate`}>
        {certificate.subject} · {certificateWords(tls)}
      </Fact>
      <Fact name={t`Good from`}>{certificate.startsAt === null ? '–' : secondText(certificate.startsAt, zone)}</Fact>
      <Fact name={t`Good until`}>{certificate.endsAt === null ? '–' : secondText(certificate.endsAt, zone)}</Fact>
      <Fact name={t`Made for`}>{certificate.names.map(hostOf).join(', ') || t`no host`}</Fact>
      <Fact name={t`Issued by`}>
        {[certificate.issuer, ...certificate.chain.map(({ issuer }) => issuer)].join(' ← ')}
      </Fact>
      <Fact name={t`Serial`}>
        <Code>{certificate.serial}</Code>
      </Fact>
      <Fact name="SHA-256">
        <Code>{breakable(certificate.sha256)}</Code>
      </Fact>
      <Fact name="OCSP">{tls.stapled ? t`stapled` : t`not stapled`}</Fact>
    </>
  );
};

const bytesWords = ({ wireBytes, decodedBytes, coding }: Hop): string => {
  if (wireBytes === null) return t`none`;
  const wire = plural(wireBytes, { one: '# byte', other: '# bytes' });
  const decoded = (decodedBytes ?? 0).toLocaleString();
  return coding === null ? wire : t`${wire} as ${coding}, ${decoded} decoded`;
};

const versionWords = ({ httpVersion, status }: Hop): string =>
  httpVersion === null ? t`no answer` : `HTTP/${httpVersion} ${status ?? ''}`;

const total = ({ phases }: Hop): number => Object.values(phases).reduce<number>((sum, ms) => sum + (ms ?? 0), 0);

const HopView = ({ hop, title }: { readonly hop: Hop; readonly title: string }) => (
  <section className={styles.hop}>
    <h3>
      {title} <Code>{hop.url}</Code>
    </h3>
    <Waterfall phases={hop.phases} totalMs={total(hop)} />
    <dl className={styles.facts}>
      <Fact name={t`Answer`}>{versionWords(hop)}</Fact>
      <Fact name={t`Body`}>{bytesWords(hop)}</Fact>
      {hop.tried.map(({ address, code, ms }) => (
        <Fact key={address} name={code === null ? t`Connected to` : t`Tried`}>
          <Code>{address}</Code> {code === null ? t`in ${millisText(ms)}` : t`: ${code} after ${millisText(ms)}`}
        </Fact>
      ))}
      {hop.tls === null ? null : (
        <Fact name="TLS">{[hop.tls.version, hop.tls.cipher].filter((each) => each !== null).join(', ')}</Fact>
      )}
      {hop.tls === null ? null : <Certificate tls={hop.tls} />}
    </dl>
  </section>
);

const identityWords = {
  good: msg`Asked again without compression, the answer was good: the compression is what is broken.`,
  bad: msg`Asked again without compression, it was the same.`,
} as const;

const Findings = ({ findings }: Pick<LookDetailsView, 'findings'>) =>
  findings.length === 0 ? null : (
    <ul className={styles.findings}>
      {findings.map(({ code, text, withIdentity }) => (
        <li key={code}>
          <Code>{code}</Code> {text}.{withIdentity === null ? '' : ` ${i18n.t(identityWords[withIdentity])}`}
        </li>
      ))}
    </ul>
  );

const Twin = ({ twin }: { readonly twin: NonNullable<LookDetailsView['twin']> }) => {
  const reason = twin.reason ?? t`no reason told`;
  return (
    <section className={styles.hop}>
      <p>
        {twin.verdict === 'good' ? (
          <Trans>
            Asked directly at the same moment, the origin answered well. The fault lies before it: the CDN, the proxy,
            or the way between.
          </Trans>
        ) : (
          // No element: tags in what is put into one are taken for the message's own.
          t`Asked directly at the same moment, the origin failed too: ${reason}.`
        )}
      </p>
      {twin.hop === null ? null : <HopView hop={twin.hop} title={t`Origin`} />}
      {twin.headers.length === 0 ? null : (
        <TextPart title={t`Headers of the origin’s answer`}>{headerText(twin.headers)}</TextPart>
      )}
      {twin.bodyBase64 === null || twin.bodyBase64 === '' ? null : (
        <Body title={t`Body of the origin’s answer`} base64={twin.bodyBase64} headers={twin.headers} />
      )}
    </section>
  );
};

/** A look in full: each request with its phases, addresses and certificate; what is wrong with the answer; the origin's. */
export const LookInFull = ({ details }: { readonly details: LookDetailsView }) => (
  <div className={styles.inFull}>
    <Findings findings={details.findings} />
    {details.hops.map((hop, i) => (
      <HopView key={`${i}-${hop.url}`} hop={hop} title={i === 0 ? t`Asked` : t`Led to`} />
    ))}
    {details.twin === undefined ? null : <Twin twin={details.twin} />}
  </div>
);
