import type { CheckResultView } from '@farwatch/contracts';
import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Code } from '../../ui/code.tsx';
import { millisText } from '../../ui/duration.tsx';
import { Instant } from '../../ui/instant.tsx';
import { Problem } from '../../ui/problem.tsx';
import table from '../../ui/table.module.css';
import { outcomeText, VerdictBadge } from './outcome.tsx';
import { PhaseLine } from './phases.tsx';
import { latestQuery } from './queries.ts';
import styles from './results.module.css';

const Answer = ({ region, result }: { readonly region: string; readonly result: CheckResultView }) => (
  <tr>
    <td className={table.fixed}>
      <Code>{region}</Code>
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
      <Code>{region}</Code>
    </td>
    <td colSpan={5}>
      <span className={styles.waiting} role="status">
        <Loader size={14} aria-hidden /> looking…
      </span>
    </td>
  </tr>
);

type Props = Readonly<{ monitorId: string; regions: readonly string[] }>;

/** The last answer of each region, live; a region that has not answered yet says that it is looking. */
export const RegionTable = ({ monitorId, regions }: Props) => {
  const query = useQuery(latestQuery(monitorId));
  if (query.status === 'error')
    return <Problem title="Answers could not be loaded" error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th scope="col">Region</th>
          <th scope="col">State</th>
          <th scope="col">Answer</th>
          <th scope="col">Phases</th>
          <th scope="col" className={table.number}>
            Time
          </th>
          <th scope="col" className={table.number}>
            Looked at
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
