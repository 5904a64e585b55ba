import { t } from '@lingui/core/macro';
import { UnstyledButton } from '@mantine/core';
import styles from './chart.module.css';
import type { ChartMark } from './chart-marks.ts';

type Props = Readonly<{ marks: readonly ChartMark[]; hidden: ReadonlySet<string>; onToggle: (kind: string) => void }>;

/** The kinds of marks that are there, each with its icon and word; a press takes its lines away and brings them back. */
export const MarkToggles = ({ marks, hidden, onToggle }: Props) => {
  const kinds = [...new Map(marks.map((mark) => [mark.kind, mark])).values()];
  if (kinds.length === 0) return null;
  return (
    <fieldset className={styles.marks}>
      <legend className={styles.marksTitle}>{t`Marks`}</legend>
      {kinds.map(({ kind, word, Icon }) => (
        <UnstyledButton
          key={kind}
          className={styles.toggle}
          data-hidden={hidden.has(kind) || undefined}
          aria-pressed={!hidden.has(kind)}
          onClick={() => onToggle(kind)}
        >
          <Icon size={16} aria-hidden />
          {word}
        </UnstyledButton>
      ))}
    </fieldset>
  );
};
