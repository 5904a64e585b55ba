import type { SpanView } from '@farwatch/contracts';
import { explain } from '@farwatch/domain';
import { useNow } from '../../ui/clock.ts';
import { Code } from '../../ui/code.tsx';
import { durationText } from '../../ui/duration.tsx';
import { exactText, Instant, instantText } from '../../ui/instant.tsx';
import table from '../../ui/table.module.css';
import { useZone } from '../../ui/zone.ts';
import styles from './incidents.module.css';

type Frame = Readonly<{ startedAt: string; resolvedAt: string | null }>;
type Props = Readonly<{ spans: readonly SpanView[]; incident: Frame }>;

const looks = 6;

/** Which of the spans' looks a code has: the same in every region. */
const codesOf = (spans: readonly SpanView[]): readonly string[] => [...new Set(spans.map(({ code }) => code))];

/** The spans of every region to scale, with the incident's own start and clear as its edges. */
export const SpanTimeline = ({ spans, incident }: Props) => {
  const now = useNow();
  const zone = useZone();
  const start = Math.min(Date.parse(incident.startedAt), ...spans.map(({ startedAt }) => Date.parse(startedAt)));
  const end = incident.resolvedAt === null ? now : Math.max(Date.parse(incident.resolvedAt), start + 1);
  const place = (at: number): number =>
    (Math.min(Math.max(at - start, 0), end - start) / Math.max(end - start, 1)) * 100;
  const codes = codesOf(spans);
  const regions = [...new Set(spans.map(({ region }) => region))].toSorted();
  return (
    <div className={styles.timeline} role="img" aria-label={`Timeline of ${codes.join(', ')} in ${regions.join(', ')}`}>
      {regions.map((region) => (
        <div key={region} className={styles.lane}>
          <span className={styles.laneName}>
            <Code>{region}</Code>
          </span>
          <span className={styles.laneTrack}>
            {spans
              .filter((span) => span.region === region)
              .map((span) => {
                const left = place(Date.parse(span.startedAt));
                const right = place(span.endedAt === null ? end : Date.parse(span.endedAt));
                return (
                  <span
                    key={`${span.startedAt} ${span.code}`}
                    className={styles.span}
                    data-look={codes.indexOf(span.code) % looks}
                    style={{ left: `${left}%`, width: `max(6px, ${right - left}%)` }}
                    title={`${span.code} from ${exactText(span.startedAt, zone)}`}
                  >
                    <span>{span.code}</span>
                  </span>
                );
              })}
          </span>
        </div>
      ))}
      <div className={styles.axis}>
        <span>{instantText(new Date(start).toISOString(), zone)}</span>
        <span>{incident.resolvedAt === null ? 'now' : instantText(incident.resolvedAt, zone)}</span>
      </div>
    </div>
  );
};

/** The same with exact times. */
export const SpanTable = ({ spans }: { readonly spans: readonly SpanView[] }) => {
  const now = useNow();
  const inOrder = spans.toSorted((a, b) => a.startedAt.localeCompare(b.startedAt) || a.region.localeCompare(b.region));
  return (
    <table className={table.table}>
      <thead>
        <tr>
          {['Code', 'Region', 'What it means', 'From', 'Last seen', 'Until', 'For'].map((head) => (
            <th key={head} scope="col" className={head === 'For' ? table.number : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {inOrder.map((span) => (
          <tr key={`${span.region} ${span.startedAt}`}>
            <td className={table.fixed}>
              <b>
                <Code>{span.code}</Code>
              </b>
            </td>
            <td className={table.fixed}>
              <Code>{span.region}</Code>
            </td>
            <td>{explain(span.failure)}</td>
            <td className={table.fixed} data-label="From">
              <Instant at={span.startedAt} exact />
            </td>
            <td className={table.fixed} data-label="Last seen">
              <Instant at={span.lastSeenAt} exact />
            </td>
            <td className={table.fixed} data-label="Until">
              {span.endedAt === null ? 'still going on' : <Instant at={span.endedAt} exact />}
            </td>
            <td className={table.number}>
              {durationText((span.endedAt === null ? now : Date.parse(span.endedAt)) - Date.parse(span.startedAt))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
