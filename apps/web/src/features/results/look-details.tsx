import type { LookDetailsView } from '@farwatch/contracts';
import type { ReactNode } from 'react';
import { Code, TextBlock } from '../../ui/code.tsx';
import { millisText } from '../../ui/duration.tsx';
import { exactText } from '../../ui/instant.tsx';
import { useZone } from '../../ui/zone.ts';
import { bodyText } from './body-text.ts';
import { Waterfall } from './phases.tsx';
import styles from './results.module.css';

type Hop = LookDetailsView['hops'][number];
type Tls = NonNullable<Hop['tls']>;

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

const certificateWords = ({ error, daysLeft }: Tls): string => {
  if (error !== null) return `not to be believed (${error})`;
  if (daysLeft === null) return 'believed';
  return daysLeft < 0 ? 'has ended' : `${daysLeft} days left`;
};

const Certificate = ({ tls }: { readonly tls: Tls }) => {
  const zone = useZone();
  const { certificate } = tls;
  if (certificate === null) return null;
  const until = certificate.endsAt === null ? '' : `, until ${exactText(certificate.endsAt, zone)}`;
  return (
    <>
      <Fact name="Certificate">
        {certificate.subject} · {certificateWords(tls)}
        {until}
      </Fact>
      <Fact name="Made for">{certificate.names.join(', ') || 'no host'}</Fact>
      <Fact name="Issued by">{[certificate.issuer, ...certificate.chain.map(({ issuer }) => issuer)].join(' ← ')}</Fact>
      <Fact name="Serial">
        <Code>{certificate.serial}</Code>
      </Fact>
      <Fact name="SHA-256">
        <Code>{certificate.sha256}</Code>
      </Fact>
      <Fact name="OCSP">{tls.stapled ? 'stapled' : 'not stapled'}</Fact>
    </>
  );
};

const bytesWords = ({ wireBytes, decodedBytes, coding }: Hop): string => {
  if (wireBytes === null) return 'none';
  const wire = `${wireBytes.toLocaleString()} bytes`;
  return coding === null ? wire : `${wire} as ${coding}, ${(decodedBytes ?? 0).toLocaleString()} decoded`;
};

const versionWords = ({ httpVersion, status }: Hop): string =>
  httpVersion === null ? 'no answer' : `HTTP/${httpVersion} ${status ?? ''}`;

const total = ({ phases }: Hop): number => Object.values(phases).reduce<number>((sum, ms) => sum + (ms ?? 0), 0);

const HopView = ({ hop, title }: { readonly hop: Hop; readonly title: string }) => (
  <section className={styles.hop}>
    <h3>
      {title} <Code>{hop.url}</Code>
    </h3>
    <Waterfall phases={hop.phases} totalMs={total(hop)} />
    <dl className={styles.facts}>
      <Fact name="Answer">{versionWords(hop)}</Fact>
      <Fact name="Body">{bytesWords(hop)}</Fact>
      {hop.tried.map(({ address, code, ms }) => (
        <Fact key={address} name={code === null ? 'Connected to' : 'Tried'}>
          <Code>{address}</Code> {code === null ? `in ${millisText(ms)}` : `: ${code} after ${millisText(ms)}`}
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
  good: 'Asked again without compression, the answer was good: the compression is what is broken.',
  bad: 'Asked again without compression, it was the same.',
} as const;

const Findings = ({ findings }: Pick<LookDetailsView, 'findings'>) =>
  findings.length === 0 ? null : (
    <ul className={styles.findings}>
      {findings.map(({ code, text, withIdentity }) => (
        <li key={code}>
          <Code>{code}</Code> {text}.{withIdentity === null ? '' : ` ${identityWords[withIdentity]}`}
        </li>
      ))}
    </ul>
  );

const Twin = ({ twin }: { readonly twin: NonNullable<LookDetailsView['twin']> }) => {
  const said = twin.verdict === 'good' ? 'answered well' : `failed too: ${twin.reason ?? 'no reason told'}`;
  const body = twin.bodyBase64 === null ? '' : bodyText(twin.bodyBase64);
  return (
    <section className={styles.hop}>
      <p>
        Asked directly at the same moment, the origin {said}.
        {twin.verdict === 'good' ? ' The fault lies before it: the CDN, the proxy, or the way between.' : ''}
      </p>
      {twin.hop === null ? null : <HopView hop={twin.hop} title="Origin" />}
      {twin.headers.length === 0 ? null : (
        <TextBlock label="Headers of the origin’s answer">
          {twin.headers.map(([name, value]) => `${name}: ${value}`).join('\n')}
        </TextBlock>
      )}
      {body === '' ? null : <TextBlock label="Body of the origin’s answer">{body}</TextBlock>}
    </section>
  );
};

/** A look in full: each request with its phases, addresses and certificate; what is wrong with the answer; the origin's. */
export const LookInFull = ({ details }: { readonly details: LookDetailsView }) => (
  <div className={styles.inFull}>
    <Findings findings={details.findings} />
    {details.hops.map((hop, i) => (
      <HopView key={`${i}-${hop.url}`} hop={hop} title={i === 0 ? 'Asked' : 'Led to'} />
    ))}
    {details.twin === undefined ? null : <Twin twin={details.twin} />}
  </div>
);
