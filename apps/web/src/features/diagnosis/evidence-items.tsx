import type { DiagnosisView } from '@farwatch/contracts';
import { Instant } from '../../ui/instant.tsx';
import { Link } from '../../ui/link.tsx';
import styles from './diagnosis.module.css';
import { causeName } from './words.ts';

const mostNamed = 4;
const list = (causes: readonly string[]): string =>
  causes.slice(0, mostNamed).map(causeName).join(', ') +
  (causes.length > mostNamed ? ` and ${causes.length - mostNamed} more` : '');

/** What was seen, and what each of it speaks for; each leads to the check that shows it. */
export const EvidenceItems = ({
  evidence,
  monitorId,
}: Pick<DiagnosisView, 'evidence'> & { readonly monitorId: string }) => (
  <ul className={styles.evidence} aria-label="What was seen">
    {evidence.map(({ id, text, speaksFor, speaksAgainst, look }) => (
      <li key={`${id} ${text}`}>
        <p>{text}</p>
        <p className={styles.soft}>
          {speaksFor.length === 0 ? null : <>for: {list(speaksFor)}. </>}
          {speaksAgainst.length === 0 ? null : <>against: {list(speaksAgainst)}. </>}
          {look === null ? null : (
            <>
              <Link to="/monitors/$monitorId" params={{ monitorId }} search={{ region: look.region, verdict: 'down' }}>
                The check from {look.region}
              </Link>{' '}
              at <Instant at={look.at} exact />
            </>
          )}
        </p>
      </li>
    ))}
  </ul>
);
