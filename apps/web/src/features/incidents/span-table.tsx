import type { getIncident, ReplyOf, SpanView } from '@farwatch/contracts';
import { explain } from '@farwatch/domain';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useNow } from '../../ui/clock.ts';
import { Code } from '../../ui/code.tsx';
import { durationText } from '../../ui/duration.tsx';
import { Instant } from '../../ui/instant.tsx';
import table from '../../ui/table.module.css';
import { Between, clearEdges, startEdges } from './between.tsx';
import styles from './incidents.module.css';

type Incident = ReplyOf<typeof getIncident>;

/** The story in a line each: which code all regions together saw, from when until when. */
export const CodeStory = ({ codes, resolvedAt }: Pick<Incident, 'codes' | 'resolvedAt'>) =>
  codes.length === 0 ? null : (
    <ol className={styles.story} aria-label={t`Codes in order`}>
      {codes.map(({ code, startedAt, endedAt, regions }) => (
        <li key={`${code} ${startedAt}`}>
          <b>
            <Code>{code}</Code>
          </b>{' '}
          <Trans>
            from <Instant at={startedAt} exact /> in <Code>{regions.join(', ')}</Code>
          </Trans>
          {endedAt === null ? (
            <Trans>, still seen</Trans>
          ) : (
            <Trans>
              {' '}
              until <Instant at={endedAt} after={startedAt} />
            </Trans>
          )}
        </li>
      ))}
      {resolvedAt === null ? null : (
        <li>
          <Trans>
            <b>Cleared</b> <Instant at={resolvedAt} exact />
          </Trans>
        </li>
      )}
    </ol>
  );

/** The start and the clear as each region saw them, as exactly as its looks allow. */
export const BoundsTable = ({ regionBounds }: Pick<Incident, 'regionBounds'>) =>
  regionBounds.length === 0 ? null : (
    <table className={`${table.table} ${styles.bounds}`} aria-label={t`Start and clear by region`}>
      <thead>
        <tr>
          {[t`Region`, t`Began`, t`Cleared`].map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {regionBounds.map(({ region, ...bounds }) => (
          <tr key={region}>
            <td className={table.fixed}>
              <Code>{region}</Code>
            </td>
            <td data-label={t`Began`}>
              <Between {...startEdges(bounds)} />
            </td>
            <td data-label={t`Cleared`}>
              {bounds.firstGoodAt === null ? <Trans>not yet</Trans> : <Between {...clearEdges(bounds)} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );

const SpanRow = ({ span, now }: { readonly span: SpanView; readonly now: number }) => (
  <tr>
    <td className={table.fixed}>
      <b>
        <Code>{span.code}</Code>
      </b>
    </td>
    <td className={table.fixed}>
      <Code>{span.region}</Code>
    </td>
    <td>{explain(span.failure)}</td>
    <td className={table.fixed} data-label={t`From`}>
      <Instant at={span.startedAt} exact />
    </td>
    <td className={table.fixed} data-label={t`Last seen`}>
      <Instant at={span.lastSeenAt} after={span.startedAt} />
    </td>
    <td className={table.fixed} data-label={t`Until`}>
      {span.endedAt === null ? <Trans>still going on</Trans> : <Instant at={span.endedAt} after={span.startedAt} />}
    </td>
    <td className={table.number} data-label={t`For`}>
      {durationText((span.endedAt === null ? now : Date.parse(span.endedAt)) - Date.parse(span.startedAt))}
    </td>
  </tr>
);

/** Every run of one code in one region, with exact times. */
export const SpanTable = ({ spans }: { readonly spans: readonly SpanView[] }) => {
  const now = useNow();
  const inOrder = spans.toSorted((a, b) => a.startedAt.localeCompare(b.startedAt) || a.region.localeCompare(b.region));
  const last = t`For`;
  return (
    <table className={table.table} aria-label={t`Codes by region`}>
      <thead>
        <tr>
          {[t`Code`, t`Region`, t`What it means`, t`From`, t`Last seen`, t`Until`, last].map((head) => (
            <th key={head} scope="col" className={head === last ? table.number : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {inOrder.map((span) => (
          <SpanRow key={`${span.region} ${span.startedAt}`} span={span} now={now} />
        ))}
      </tbody>
    </table>
  );
};
