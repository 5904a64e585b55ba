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

/** The newest answer's is told above, with its first step: what is left of it; an older one's whole. */
const FirstFix = ({ fix, isOld }: { readonly fix: DiagnosisView['firstFix']; readonly isOld: boolean }) => {
  const rest = isOld ? fix.snippets : fix.snippets.slice(1);
  if (!isOld && rest.length === 0) return null;
  return (
    <section aria-label={t`First fix`}>
      <h3>{isOld ? <Trans>Do this first</Trans> : <Trans>More for the first fix</Trans>}</h3>
      <AdviceText {...(isOld ? { text: fix.text } : {})} snippets={rest} of={t`First fix`} />
    </section>
  );
};

type Props = Readonly<{ diagnosis: DiagnosisView; monitorId: string; isOld: boolean }>;

/** Everything behind the answer. */
export const Grounds = ({ diagnosis, monitorId, isOld }: Props) => (
  <div className={styles.grounds}>
    <FirstFix fix={diagnosis.firstFix} isOld={isOld} />
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
      <AdviceText {...diagnosis.nextCheck} of={t`Next check`} />
      <p className={styles.soft}>
        <Trans>How to prove it wrong: {diagnosis.disproof}</Trans>
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
