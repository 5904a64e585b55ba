import type { MarkView } from '@farwatch/contracts';
import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { IconAdjustments, IconCertificate, IconNote, IconRocket } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Instant } from '../../ui/instant.tsx';
import styles from './marks.module.css';

export const kindIcons = {
  deploy: IconRocket,
  config: IconAdjustments,
  note: IconNote,
  certificate: IconCertificate,
} as const satisfies Record<MarkView['kind'], unknown>;
export const kindWords = {
  deploy: msg`Deploy`,
  config: msg`Configuration`,
  note: msg`Note`,
  certificate: msg`Another certificate`,
} as const satisfies Record<MarkView['kind'], MessageDescriptor>;

type Props = Readonly<{
  marks: readonly MarkView[];
  label: string;
  /** What can be done with one. */
  act?: (mark: MarkView) => ReactNode;
}>;

export type SetMark = MarkView & Readonly<{ kind: Exclude<MarkView['kind'], 'certificate'> }>;
/** Whether somebody set it, and may take it back: what looks saw stays. */
export const isSet = (mark: MarkView): mark is SetMark => mark.kind !== 'certificate';

/** What happened, in words: the chart's lines for whoever can't see them, an incident's evidence. */
export const MarkList = ({ marks, label, act }: Props) => (
  <ul className={styles.marks} aria-label={label}>
    {marks.map((mark) => {
      const Icon = kindIcons[mark.kind];
      return (
        <li key={mark.id} className={styles.mark}>
          <Icon size={16} aria-hidden className={styles.icon} />
          <span className={styles.text}>
            <b>{i18n.t(kindWords[mark.kind])}</b> {mark.text}
          </span>
          <span className={styles.soft}>
            {mark.author}, <Instant at={mark.at} />
          </span>
          {act?.(mark)}
        </li>
      );
    })}
  </ul>
);
