import type { DiagnosisVersion, DiagnosisView } from '@farwatch/contracts';
import { Select, Tooltip } from '@mantine/core';
import { Code } from '../../ui/code.tsx';
import { minuteText } from '../../ui/instant.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { useZone } from '../../ui/zone.ts';
import { AdviceText, Copy } from './advice.tsx';
import { Causes } from './causes.tsx';
import styles from './diagnosis.module.css';
import { EvidenceItems } from './evidence-items.tsx';
import { Way } from './way.tsx';
import { certaintyWords, hopNames, percent, sureness, whyWords } from './words.ts';

const tones = { confirmed: 'good', probable: 'calm', open: 'warn' } as const;

/** The answer for three in the morning: what, who, how sure. */
export const Verdict = ({ diagnosis }: { readonly diagnosis: DiagnosisView }) => {
  const { summary, certainty, broke } = diagnosis;
  const { word, meaning } = certaintyWords[certainty];
  return (
    <div className={styles.verdict}>
      <div className={styles.head}>
        <Tooltip label={meaning} multiline maw={260}>
          <span>
            <StateBadge tone={tones[certainty]}>{word}</StateBadge>
          </span>
        </Tooltip>
        <Tooltip label="Of answers given with this confidence about as many are right." multiline maw={260}>
          <span className={styles.soft}>
            {sureness(broke.confidence)} that it was {hopNames[broke.hop]} ({percent(broke.confidence)})
          </span>
        </Tooltip>
      </div>
      <p className={styles.summary}>{summary}</p>
      <Way diagnosis={diagnosis} />
    </div>
  );
};

type VersionsProps = Readonly<{
  versions: readonly DiagnosisVersion[];
  shown: number;
  onPick: (version: number | undefined) => void;
}>;
/** What was said when: it changes as evidence comes. */
export const Versions = ({ versions, shown, onPick }: VersionsProps) => {
  const zone = useZone();
  if (versions.length < 2) return null;
  const data = versions.map(({ version, madeAt, why }) => ({
    value: String(version),
    label: `As of ${minuteText(madeAt, zone)}, ${whyWords[why]}`,
  }));
  const newest = versions[0]?.version;
  return (
    <Select
      aria-label="Version of the diagnosis"
      size="xs"
      w={290}
      maw="100%"
      data={data}
      value={String(shown)}
      allowDeselect={false}
      onChange={(value) => onPick(value === null || Number(value) === newest ? undefined : Number(value))}
    />
  );
};

const RequestIds = ({ requestIds }: Pick<DiagnosisView, 'requestIds'>) =>
  requestIds.length === 0 ? null : (
    <section aria-label="Request ids">
      <h3>Ids to look up</h3>
      <ul className={styles.ids}>
        {requestIds.map(({ name, value }) => (
          <li key={`${name} ${value}`}>
            <Code>
              {name}: {value}
            </Code>
            <Copy text={value} label={`Copy ${name}`} />
          </li>
        ))}
      </ul>
    </section>
  );

/** Everything behind the answer. */
export const Grounds = ({
  diagnosis,
  monitorId,
}: {
  readonly diagnosis: DiagnosisView;
  readonly monitorId: string;
}) => (
  <div className={styles.grounds}>
    <section aria-label="First fix">
      <h3>Do this first</h3>
      <AdviceText advice={diagnosis.firstFix} />
    </section>
    <section aria-label="Causes">
      <h3>What fits</h3>
      <Causes causes={diagnosis.causes} />
    </section>
    <section aria-label="Next check">
      <h3>What would settle it</h3>
      <AdviceText advice={diagnosis.nextCheck} />
      <p className={styles.soft}>It would be wrong if: {diagnosis.disproof}</p>
    </section>
    <section aria-label="Evidence">
      <h3>What was seen</h3>
      <EvidenceItems evidence={diagnosis.evidence} monitorId={monitorId} />
    </section>
    <section aria-label="For visitors">
      <h3>What to tell visitors</h3>
      <p className={styles.visitor}>
        {diagnosis.visitor}
        <Copy text={diagnosis.visitor} label="Copy the sentence for visitors" />
      </p>
      {diagnosis.searchNote === null ? null : <p className={styles.soft}>{diagnosis.searchNote}</p>}
    </section>
    <RequestIds requestIds={diagnosis.requestIds} />
  </div>
);
