import { useQuery } from '@tanstack/react-query';
import styles from './history.module.css';
import { uptimeQuery } from './queries.ts';
import { reckoning, uptimeText } from './uptime-text.ts';

const spans = [
  [1, '24 hours'],
  [7, '7 days'],
  [30, '30 days'],
  [90, '90 days'],
] as const;

const Figure = ({ monitorId, days, label }: Readonly<{ monitorId: string; days: number; label: string }>) => {
  const { data, isError } = useQuery(uptimeQuery(monitorId, days));
  const said = data === undefined ? undefined : reckoning(data);
  return (
    <div title={said}>
      <dt>{label}</dt>
      <dd>
        {data === undefined ? (isError ? '?' : '…') : uptimeText(data.ratio)}
        <span className={styles.said}>{isError ? 'The uptime could not be loaded' : said}</span>
      </dd>
    </div>
  );
};

/** The uptime of the last day, week, month and quarter; how it is reckoned on hover, and in words for who can't. */
export const UptimeFigures = ({ monitorId }: { readonly monitorId: string }) => (
  <dl className={styles.figures}>
    {spans.map(([days, label]) => (
      <Figure key={days} monitorId={monitorId} days={days} label={label} />
    ))}
  </dl>
);
