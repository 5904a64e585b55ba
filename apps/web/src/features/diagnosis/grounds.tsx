import type { DiagnosisView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Code } from '../../ui/code.tsx';
import { AdviceText, Copy } from './advice.tsx';
import { Causes } from './causes.tsx';
import styles from './diagnosis.module.css';
import { EvidenceItems } from './evidence-items.tsx';

const RequestIds = ({ requestIds }: Pick<DiagnosisView, 'requestIds'>) =>
  requestIds.length === 0 ? null : (
    <section aria-label={t`Request ids`}>
      <h3>
        <Trans>Ids to look up</Trans>
      </h3>
      <ul className={styles.ids}>
        {requestIds.map(({ name, value }) => (
          <li key={`${name} ${value}`}>
            <Code>
              {name}: {value}
            </Code>
            <Copy text={value} label={t`Copy ${name}`} />
          </li>
        ))}
      </ul>
    </section>
  );

const ForVisitors = ({ visitor, searchNote }: Pick<DiagnosisView, 'visitor' | 'searchNote'>) => (
  <section aria-label={t`For visitors`}>
    <h3>
      <Trans>What to tell visitors</Trans>
    </h3>
    <p className={styles.visitor}>
      {visitor}
      <Copy text={visitor} label={t`Copy the sentence for visitors`} />
    </p>
    {searchNote === null ? null : <p className={styles.soft}>{searchNote}</p>}
  </section>
);

type Props = Readonly<{ diagnosis: DiagnosisView; monitorId: string; withFix: boolean }>;

/** Everything behind the answer; the first fix only where it is not told above already. */
export const Grounds = ({ diagnosis, monitorId, withFix }: Props) => (
  <div className={styles.grounds}>
    {withFix ? (
      <section aria-label={t`First fix`}>
        <h3>
          <Trans>The first fix, step by step</Trans>
        </h3>
        <AdviceText advice={diagnosis.firstFix} />
      </section>
    ) : null}
    <section aria-label={t`Causes`}>
      <h3>
        <Trans>What fits</Trans>
      </h3>
      <Causes causes={diagnosis.causes} />
    </section>
    <section aria-label={t`Next check`}>
      <h3>
        <Trans>What would settle it</Trans>
      </h3>
      <AdviceText advice={diagnosis.nextCheck} />
      <p className={styles.soft}>
        <Trans>It would be wrong if: {diagnosis.disproof}</Trans>
      </p>
    </section>
    <section aria-label={t`Evidence`}>
      <h3>
        <Trans>What was seen</Trans>
      </h3>
      <EvidenceItems evidence={diagnosis.evidence} monitorId={monitorId} />
    </section>
    <ForVisitors visitor={diagnosis.visitor} searchNote={diagnosis.searchNote} />
    <RequestIds requestIds={diagnosis.requestIds} />
  </div>
);
