import type { DiagnosisVersion, DiagnosisView } from '@farwatch/contracts';
import { i18n } from '@lingui/core';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { NativeSelect, Tooltip } from '@mantine/core';
import { minuteText } from '../../ui/instant.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { useZone } from '../../ui/zone.ts';
import styles from './diagnosis.module.css';
import { certaintyWords, whoBroke, whyWords } from './words.ts';

const tones = { confirmed: 'good', probable: 'calm', open: 'warn' } as const;

/** How certain it is, and who broke it with what confidence. */
export const Sureness = ({ diagnosis: { certainty, broke } }: { readonly diagnosis: DiagnosisView }) => {
  const { word, meaning } = certaintyWords[certainty];
  return (
    <div className={styles.head}>
      <Tooltip label={i18n._(meaning)} multiline maw={260}>
        <span>
          <StateBadge tone={tones[certainty]}>{i18n._(word)}</StateBadge>
        </span>
      </Tooltip>
      <Tooltip label={t`Of answers given with this confidence about as many are right.`} multiline maw={260}>
        <span className={styles.soft}>{whoBroke(broke)}</span>
      </Tooltip>
    </div>
  );
};

/** An older answer, said to be one. */
export const OldVerdict = ({ diagnosis }: { readonly diagnosis: DiagnosisView }) => (
  <>
    <p className={styles.soft}>
      <Trans>This is what was said then:</Trans>
    </p>
    <Sureness diagnosis={diagnosis} />
    <p className={styles.summary}>{diagnosis.summary}</p>
  </>
);

type VersionsProps = Readonly<{
  versions: readonly DiagnosisVersion[];
  shown: number;
  onPick: (version: number | undefined) => void;
}>;
/** What was said when: it changes as evidence comes. */
export const Versions = ({ versions, shown, onPick }: VersionsProps) => {
  const zone = useZone();
  if (versions.length < 2) return null;
  const data = versions.map(({ version, madeAt, why }) => {
    const [at, occasion] = [minuteText(madeAt, zone), i18n._(whyWords[why])];
    return { value: String(version), label: t`As of ${at}, ${occasion}` };
  });
  const newest = versions[0]?.version;
  return (
    <NativeSelect
      aria-label={t`Version of the diagnosis`}
      size="xs"
      w={290}
      maw="100%"
      data={data}
      value={String(shown)}
      onChange={({ currentTarget: { value } }) => onPick(Number(value) === newest ? undefined : Number(value))}
    />
  );
};
