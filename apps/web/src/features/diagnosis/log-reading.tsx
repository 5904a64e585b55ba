import type { IncidentLogView } from '@farwatch/contracts';
import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Code, TextBlock } from '../../ui/code.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Instant } from '../../ui/instant.tsx';
import table from '../../ui/table.module.css';
import styles from './diagnosis.module.css';
import { LogLines } from './log-lines.tsx';
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
  const by = hours(shiftMs);
  return shiftMs < 0
    ? t`Your log’s clock is ${by} ahead of UTC; it was read so.`
    : t`Your log’s clock is ${by} behind UTC; it was read so.`;
};

const Counts = ({ counts }: Pick<Reading, 'counts'>) => (
  <table className={table.table} aria-label={t`What the lines say, by cause and upstream`}>
    <thead>
      <tr>
        <th scope="col">
          <Trans>Cause</Trans>
        </th>
        <th scope="col">
          <Trans>Upstream</Trans>
        </th>
        <th scope="col" className={table.number}>
          <Trans>In the incident</Trans>
        </th>
        <th scope="col" className={table.number}>
          <Trans>In all</Trans>
        </th>
      </tr>
    </thead>
    <tbody>
      {counts.map(({ cause, upstream, within, count }) => (
        <tr key={`${cause} ${upstream}`}>
          <td className={styles.countCause}>{causeName(cause)}</td>
          <td data-label={t`Upstream`}>{upstream === null ? '–' : <Code>{upstream}</Code>}</td>
          <td className={table.number} data-label={t`In the incident`}>
            {within}
          </td>
          <td className={table.number} data-label={t`In all`}>
            {count}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

const Remove = ({ log }: { readonly log: IncidentLogView }) => {
  const remove = useDeleteLog(log.incidentId);
  const [asking, ask] = useDisclosure(false);
  const { name } = log;
  return (
    <>
      <Button variant="subtle" color="red" size="xs" onClick={ask.open}>
        <Trans>Remove</Trans>
      </Button>
      <Confirm
        opened={asking}
        title={t`Remove ${name}?`}
        action={t`Remove log`}
        busy={remove.isPending}
        error={remove.error}
        onClose={ask.close}
        onConfirm={() => remove.mutate(log.id)}
      >
        <Trans>
          What was read of it is lost, and the diagnosis is made anew without it. The text itself was never kept: to
          have it back, hand it in again.
        </Trans>
      </Confirm>
    </>
  );
};

/** One log as it was read: nothing else of it is kept. */
export const LogReadingCard = ({ log }: { readonly log: IncidentLogView }) => {
  const { reading, name, uploadedAt, uploadedBy } = log;
  const shift = shiftWords(reading.shiftMs);
  const formats = reading.formats.join(', ') || t`no known format`;
  const lines = plural(reading.lines, { one: '# line', other: '# lines' });
  return (
    <article className={styles.log} aria-label={name}>
      <div className={styles.snippetHead}>
        <strong>{name}</strong>
        <Remove log={log} />
      </div>
      <p className={styles.soft}>
        <Trans>
          {formats} · {lines}, {reading.unknown} of them unknown · read <Instant at={uploadedAt} to="minute" /> for{' '}
          {uploadedBy.name}
        </Trans>
      </p>
      {shift === null ? null : <p>{shift}</p>}
      {reading.counts.length === 0 ? (
        <p>
          <Trans>No line of it speaks of an upstream.</Trans>
        </p>
      ) : (
        <div className={styles.counts}>
          <Counts counts={reading.counts} />
        </div>
      )}
      {reading.entries.length === 0 ? null : <LogLines entries={reading.entries} />}
      {reading.unknownExamples.length === 0 ? null : (
        <details className={styles.details}>
          <summary>
            <Trans>Lines that were not understood</Trans>
          </summary>
          <TextBlock label={t`Lines that were not understood`}>{reading.unknownExamples.join('\n')}</TextBlock>
        </details>
      )}
    </article>
  );
};
