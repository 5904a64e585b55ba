import type { DiagnosisView } from '@farwatch/contracts';
import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Instant } from '../../ui/instant.tsx';
import { Link } from '../../ui/link.tsx';
import styles from './diagnosis.module.css';
import { causeName } from './words.ts';

const mostNamed = 4;
const list = (causes: readonly string[]): string => {
  const named = causes.slice(0, mostNamed).map(causeName).join(', ');
  const more = causes.length - mostNamed;
  return more <= 0 ? named : t`${named} and ${plural(more, { one: '# more', other: '# more' })}`;
};

type Evidence = DiagnosisView['evidence'][number];
type LookProps = Readonly<{ look: NonNullable<Evidence['look']>; monitorId: string }>;
const Look = ({ look: { region, at }, monitorId }: LookProps) => (
  <Trans>
    <Link to="/monitors/$monitorId" params={{ monitorId }} search={{ region, verdict: 'down' }}>
      The check from {region}
    </Link>{' '}
    at <Instant at={at} exact />
  </Trans>
);

/** What was seen, and what each of it speaks for; each leads to the check that shows it. */
export const EvidenceItems = ({
  evidence,
  monitorId,
}: Pick<DiagnosisView, 'evidence'> & { readonly monitorId: string }) => (
  <ul className={styles.evidence} aria-label={t`What was seen`}>
    {evidence.map(({ id, text, speaksFor, speaksAgainst, look }) => (
      <li key={`${id} ${text}`}>
        <p>{text}</p>
        <p className={styles.soft}>
          {speaksFor.length === 0 ? null : <Trans>for: {list(speaksFor)}. </Trans>}
          {speaksAgainst.length === 0 ? null : <Trans>against: {list(speaksAgainst)}. </Trans>}
          {look === null ? null : <Look look={look} monitorId={monitorId} />}
        </p>
      </li>
    ))}
  </ul>
);
