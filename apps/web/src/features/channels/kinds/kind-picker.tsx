import type { ChannelKind } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Radio } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Problem } from '../../../ui/problem.tsx';
import { Skeletons } from '../../../ui/skeletons.tsx';
import styles from '../channels.module.css';
import { kindIcon, kindWord } from '../kinds.ts';
import { kindsQuery } from '../queries.ts';

type Props = Readonly<{ value: ChannelKind; onChange: (kind: ChannelKind) => void }>;

/** The kinds there are; what this installation lacks is shown with what the operator has to set. */
export const KindPicker = ({ value, onChange }: Props) => {
  const query = useQuery(kindsQuery);
  if (query.status === 'pending') return <Skeletons rows={2} height={56} label={t`Loading the kinds`} />;
  if (query.status === 'error')
    return (
      <Problem title={t`The kinds could not be loaded`} error={query.error} onRetry={() => void query.refetch()} />
    );
  const pick = (word: string): void => {
    const found = query.data.find(({ kind }) => kind === word);
    if (found?.available === true) onChange(found.kind);
  };
  const offered = query.data.toSorted((a, b) => Number(b.available) - Number(a.available));
  return (
    <Radio.Group value={value} onChange={pick} label={t`Kind of channel`}>
      <div className={styles.kinds}>
        {offered.map(({ kind, available, reason }) => {
          const Icon = kindIcon[kind];
          return (
            <Radio.Card key={kind} value={kind} disabled={!available} className={styles.kind}>
              <Icon size={20} aria-hidden />
              <span>{kindWord(kind)}</span>
              {available ? null : <span className={styles.kindReason}>{reason ?? t`Not offered here`}</span>}
            </Radio.Card>
          );
        })}
      </div>
    </Radio.Group>
  );
};
