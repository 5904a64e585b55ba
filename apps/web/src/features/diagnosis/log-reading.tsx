import type { IncidentLogView } from '@farwatch/contracts';
import { Button } from '@mantine/core';
import { Code, TextBlock } from '../../ui/code.tsx';
import { FormAlert } from '../../ui/form-alert.tsx';
import { Instant } from '../../ui/instant.tsx';
import styles from './diagnosis.module.css';
import { useDeleteLog } from './queries.ts';
import { causeName } from './words.ts';

type Reading = IncidentLogView['reading'];

const hours = (ms: number): string => {
  const minutes = Math.abs(ms) / 60_000;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};
/** What the log's clock showed, in words. */
export const shiftWords = (shiftMs: number): string | null => {
  if (shiftMs === 0) return null;
  return `Your log’s clock is ${hours(shiftMs)} ${shiftMs < 0 ? 'ahead of' : 'behind'} UTC; it was read so.`;
};

const Counts = ({ counts }: Pick<Reading, 'counts'>) => (
  <table className={styles.table}>
    <caption className={styles.soft}>What the lines say, by cause and upstream</caption>
    <thead>
      <tr>
        <th scope="col">Cause</th>
        <th scope="col">Upstream</th>
        <th scope="col">In the incident</th>
        <th scope="col">In all</th>
      </tr>
    </thead>
    <tbody>
      {counts.map(({ cause, upstream, within, count }) => (
        <tr key={`${cause} ${upstream}`}>
          <td>{causeName(cause)}</td>
          <td>{upstream === null ? '–' : <Code>{upstream}</Code>}</td>
          <td>{within}</td>
          <td>{count}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

const place = (within: boolean | null): string => {
  if (within === null) return 'no time';
  return within ? 'in the incident' : 'outside';
};

const Entries = ({ entries }: Pick<Reading, 'entries'>) => (
  <details className={styles.details}>
    <summary>{entries.length} lines, beside the checks</summary>
    <ul className={styles.lines} aria-label="Lines of the log">
      {entries.map(({ line, at, cause, within, regions, text }) => (
        <li key={line} data-outside={within === false || undefined}>
          <span className={styles.soft}>
            {at === null ? null : <Instant at={at} exact />} · {place(within)}
            {regions.length === 0 ? '' : ` · beside the check from ${regions.join(', ')}`}
            {cause === null ? '' : ` · ${causeName(cause)}`}
          </span>
          <code className={styles.line}>{text}</code>
        </li>
      ))}
    </ul>
  </details>
);

/** One log as it was read: nothing else of it is kept. */
export const LogReadingCard = ({ log }: { readonly log: IncidentLogView }) => {
  const remove = useDeleteLog(log.incidentId);
  const { reading } = log;
  const shift = shiftWords(reading.shiftMs);
  return (
    <article className={styles.log} aria-label={log.name}>
      <div className={styles.snippetHead}>
        <strong>{log.name}</strong>
        <Button variant="subtle" color="red" size="xs" loading={remove.isPending} onClick={() => remove.mutate(log.id)}>
          Remove
        </Button>
      </div>
      <FormAlert error={remove.error} kept="The log is still here." />
      <p className={styles.soft}>
        {reading.formats.join(', ') || 'no known format'} · {reading.lines} lines, {reading.unknown} of them unknown ·
        read <Instant at={log.uploadedAt} to="minute" /> for {log.uploadedBy.name}
      </p>
      {shift === null ? null : <p>{shift}</p>}
      {reading.counts.length === 0 ? <p>No line of it speaks of an upstream.</p> : <Counts counts={reading.counts} />}
      {reading.entries.length === 0 ? null : <Entries entries={reading.entries} />}
      {reading.unknownExamples.length === 0 ? null : (
        <details className={styles.details}>
          <summary>Lines that were not understood</summary>
          <TextBlock label="Lines that were not understood">{reading.unknownExamples.join('\n')}</TextBlock>
        </details>
      )}
    </article>
  );
};
