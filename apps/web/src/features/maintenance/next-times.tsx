import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { messageOf } from '../../api/call-error.ts';
import { Instant, ZoneName } from '../../ui/instant.tsx';
import { momentOf } from '../../ui/wall-time.ts';
import styles from './maintenance.module.css';
import { type Times, unsavedOccurrencesQuery } from './queries.ts';

const calmMs = 400;
const dayMs = 86_400_000;
const aheadMs = 366 * dayMs;
const shown = 5;

const iso = (at: number): string => new Date(at).toISOString();
/** A year from now, or from the day before its first time where that is yet to come. */
const yearOf = (times: Times | null, now: number): readonly [from: string, to: string] => {
  const first = times === null ? null : momentOf(times.startsAt, times.timeZone);
  const from = Math.max(now, first === null ? 0 : Date.parse(first) - dayMs);
  return [iso(from), iso(from + aheadMs)];
};

/** The next times of a window that isn’t saved; null while it can’t be told. Its place is held, so that nothing jumps. */
export const NextTimes = ({ times }: { readonly times: Times | null }) => {
  const [now] = useState(() => Math.floor(Date.now() / 60_000) * 60_000);
  const [calm] = useDebouncedValue(times === null ? null : JSON.stringify(times), calmMs);
  const asked: Times | null = calm === null ? null : (JSON.parse(calm) as Times); // written two lines above
  const query = useQuery({
    ...unsavedOccurrencesQuery(asked ?? { startsAt: '', timeZone: '', durationMs: 0 }, ...yearOf(asked, now)),
    enabled: asked !== null,
  });
  const items = query.data?.slice(0, shown) ?? [];
  return (
    <section className={styles.next} aria-label={t`The next times`}>
      <p className={styles.soft}>
        <Trans>
          The next times, in <ZoneName />
        </Trans>
      </p>
      {query.status === 'error' ? <p className={styles.fault}>{messageOf(query.error)}</p> : null}
      {query.status === 'success' && items.length === 0 ? (
        <p className={styles.fault}>
          <Trans>None within a year: it lies in the past, or its rule never comes.</Trans>
        </p>
      ) : null}
      <ol className={styles.times}>
        {items.map(({ from, until }) => (
          <li key={from}>
            <Instant at={from} to="weekday" /> – <Instant at={until} to="weekday" />
          </li>
        ))}
      </ol>
    </section>
  );
};
