import type { CheckResultView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Code } from '../../ui/code.tsx';
import { millisText } from '../../ui/duration.tsx';
import { Instant } from '../../ui/instant.tsx';
import { Problem } from '../../ui/problem.tsx';
import table from '../../ui/table.module.css';
import { outcomeText, VerdictBadge } from './outcome.tsx';
import { PhaseLine } from './phases.tsx';
import { latestQuery, regionsQuery } from './queries.ts';
import styles from './results.module.css';

/** The outline of the land is read once the rest stands. */
const RegionMap = lazy(async () => ({ default: (await import('./region-map.tsx')).RegionMap }));

const RegionName = ({ region }: { readonly region: string }) => {
  const city = useQuery(regionsQuery).data?.find(({ id }) => id === region)?.city;
  return (
    <>
      <Code>{region}</Code>
      {typeof city === 'string' ? <span className={styles.city}>{city}</span> : null}
    </>
  );
};

const Answer = ({ region, result }: { readonly region: string; readonly result: CheckResultView }) => (
  <tr>
    <td className={table.fixed}>
      <RegionName region={region} />
    </td>
    <td className={table.fixed}>
      <VerdictBadge verdict={result.outcome.verdict} />
    </td>
    <td>{outcomeText(result)}</td>
    <td className={styles.phases}>
      <PhaseLine phases={result.phases} totalMs={result.totalMs} />
    </td>
    <td className={table.number}>{millisText(result.totalMs)}</td>
    <td className={table.number}>
      <Instant at={result.startedAt} />
    </td>
  </tr>
);

const Waiting = ({ region }: { readonly region: string }) => (
  <tr>
    <td className={table.fixed}>
      <RegionName region={region} />
    </td>
    <td colSpan={5}>
      <span className={styles.waiting} role="status">
        <Loader size={14} aria-hidden /> <Trans>looking…</Trans>
      </span>
    </td>
  </tr>
);

type Props = Readonly<{ monitorId: string; regions: readonly string[] }>;

/** Where it is looked at from, on a map; nothing where no region has a place. */
export const RegionsOnMap = ({ monitorId, regions }: Props) => {
  const known = useQuery(regionsQuery).data?.filter(({ id }) => regions.includes(id)) ?? [];
  const latest = useQuery(latestQuery(monitorId)).data ?? [];
  if (!known.some(({ latitude }) => latitude !== null)) return null;
  return (
    <Suspense fallback={<div className={styles.mapRoom} />}>
      <RegionMap regions={known} latest={latest} />
    </Suspense>
  );
};

/** The last answer of each region, live; a region that has not answered yet says that it is looking. */
export const RegionTable = ({ monitorId, regions }: Props) => {
  const query = useQuery(latestQuery(monitorId));
  if (query.status === 'error')
    return <Problem title={t`Answers could not be loaded`} error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th scope="col">
            <Trans>Region</Trans>
          </th>
          <th scope="col">
            <Trans>State</Trans>
          </th>
          <th scope="col">
            <Trans>Answer</Trans>
          </th>
          <th scope="col">
            <Trans>Phases</Trans>
          </th>
          <th scope="col" className={table.number}>
            <Trans>Time</Trans>
          </th>
          <th scope="col" className={table.number}>
            <Trans>Looked at</Trans>
          </th>
        </tr>
      </thead>
      <tbody aria-live="polite">
        {regions.map((region) => {
          const result = query.data?.find((each) => each.region === region);
          return result === undefined ? (
            <Waiting key={region} region={region} />
          ) : (
            <Answer key={region} region={region} result={result} />
          );
        })}
      </tbody>
    </table>
  );
};
