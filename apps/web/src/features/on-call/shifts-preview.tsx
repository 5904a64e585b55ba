import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Choice, labelOf } from '../../ui/choice.ts';
import { Instant, ZoneName } from '../../ui/instant.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import styles from './on-call.module.css';
import { shiftsQuery } from './queries.ts';

const previewMs = 14 * 86_400_000;
const fewShifts = 6;

type Props = Readonly<{ scheduleId: string; people: readonly Choice[] }>;

/** Whose turn it is in the next two weeks; gaps are said. */
export const ShiftsPreview = ({ scheduleId, people }: Props) => {
  const [now] = useState(() => Date.now());
  const [all, { toggle }] = useDisclosure(false);
  const query = useQuery(shiftsQuery(scheduleId, new Date(now).toISOString(), new Date(now + previewMs).toISOString()));
  if (query.status === 'pending') return <Skeletons rows={2} height={32} label="Loading the shifts" />;
  if (query.status === 'error')
    return <Problem title="The shifts could not be loaded" error={query.error} onRetry={() => void query.refetch()} />;
  const shown = all ? query.data : query.data.slice(0, fewShifts);
  return (
    <div className={styles.shifts}>
      <p className={styles.soft}>
        The next two weeks, in <ZoneName />
      </p>
      <ul className={styles.shiftList} aria-label="Shifts of the next two weeks">
        {shown.map(({ accountId, from, until }) => (
          <li key={from} className={styles.shift} data-gap={accountId === null || undefined}>
            <span className={styles.shiftName}>
              {accountId === null ? 'Nobody' : labelOf(people, accountId, 'somebody who left')}
            </span>
            <span>
              <Instant at={from} to="weekday" /> – <Instant at={until} to="weekday" />
            </span>
          </li>
        ))}
      </ul>
      {query.data.length > fewShifts ? (
        <Button variant="subtle" size="compact-sm" onClick={toggle}>
          {all ? 'Show fewer' : `Show all ${query.data.length}`}
        </Button>
      ) : null}
    </div>
  );
};
