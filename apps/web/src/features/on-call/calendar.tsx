import { t } from '@lingui/core/macro';
import { VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { addDays, dayAt, daysFrom, dayText, edgesOf, placeOf } from '../../ui/calendar-days.ts';
import { type Choice, labelOf } from '../../ui/choice.ts';
import { useNow } from '../../ui/clock.ts';
import { useDayKeys } from '../../ui/day-keys.ts';
import { useZone } from '../../ui/zone.ts';
import { Bar } from './bar.tsx';
import styles from './calendar.module.css';
import { isGap, lookOf, type Span } from './spans.ts';

export const shownDays = 14;
/** Bars of less than so many days are too narrow to be hit; the list below has them all. */
const shortest = { wide: 0.36, narrow: 0.65 };

/** What stands under each other in a row: the result, and the layers that make it. */
export type Track = Readonly<{ id: string; name: string; spans: readonly Span[]; layer: boolean }>;
type Common = Readonly<{
  tracks: readonly Track[];
  people: readonly Choice[];
  /** The ids of all its people: how each looks goes by their place. */
  order: readonly string[];
  onSpan?: ((span: Span) => void) | undefined;
}>;

/** Where now is, if it is in this row. */
const NowLine = ({ edges }: { readonly edges: readonly number[] }) => {
  const now = useNow();
  const [first = 0, last = 0] = [edges[0], edges.at(-1)];
  if (now < first || now >= last) return null;
  return (
    <span
      aria-hidden
      className={styles.now}
      style={{ insetInlineStart: `${(placeOf(edges, now) / (edges.length - 1)) * 100}%` }}
    />
  );
};

type TrackProps = Common &
  Readonly<{ track: Track; edges: readonly number[]; wide: boolean; named: boolean; begins: string }>;
const TrackRow = ({ track, edges, wide, named, begins, people, order, onSpan }: TrackProps) => {
  const zone = useZone();
  const days = edges.length - 1;
  return (
    <div className={styles.track} data-layer={track.layer || undefined}>
      {named ? <p className={styles.trackName}>{track.name}</p> : null}
      <ul className={styles.bars} aria-label={t`${track.name} from ${begins}`}>
        {track.spans.flatMap((span) => {
          const [begin, end] = [placeOf(edges, span.from), placeOf(edges, span.until)];
          if (end <= begin || (track.layer && isGap(span))) return [];
          const name = span.accountId === null ? t`Nobody` : labelOf(people, span.accountId, t`somebody who left`);
          const hit = onSpan !== undefined && end - begin >= (wide ? shortest.wide : shortest.narrow);
          return (
            <Bar
              key={`${span.from} ${span.until} ${span.accountId}`}
              {...{ span, name, zone }}
              look={lookOf(order, span.accountId ?? '')}
              left={begin / days}
              width={(end - begin) / days}
              onPick={hit ? () => onSpan(span) : undefined}
            />
          );
        })}
      </ul>
    </div>
  );
};

/** Who is on call on a day, in the order of their shifts. */
const namesOn = (day: string, zone: string, { tracks, people }: Pick<Common, 'tracks' | 'people'>): string => {
  const [begin = 0, end = 0] = edgesOf([day], zone);
  const on = (tracks[0]?.spans ?? []).filter(({ from, until }) => from < end && until > begin);
  const name = (id: string | null) => (id === null ? t`Nobody` : labelOf(people, id, t`somebody who left`));
  return [...new Set(on.map(({ accountId }) => name(accountId)))].join(', ');
};

type Props = Common &
  Readonly<{
    label: string;
    /** The first of the days. */
    from: string;
    onDay?: ((day: string) => void) | undefined;
    onFrom: (from: string) => void;
  }>;

/** Two weeks of a schedule: the days, and under them who is on call, each shift where and as long as it is. */
export const Calendar = ({ label, from, onDay, onFrom, ...common }: Props) => {
  const zone = useZone();
  const wide = useMediaQuery('(min-width: 900px)', undefined, { getInitialValueInEffect: false }) === true;
  const today = dayAt(useNow(), zone);
  const days = daysFrom(from, shownDays);
  const perRow = wide ? shownDays : 7;
  const { frame, dayProps } = useDayKeys({
    days,
    home: today,
    paged: (day, by) => addDays(day, by * 7),
    onBeyond: (day) => onFrom(addDays(from, day < from ? -7 : 7)),
  });
  const rows = Array.from({ length: shownDays / perRow }, (_, at) => days.slice(at * perRow, (at + 1) * perRow));
  return (
    <section className={styles.calendar} ref={frame} aria-label={label}>
      {rows.map((row) => {
        const edges = edgesOf(row, zone);
        return (
          <div key={row[0]} className={styles.row}>
            <div className={styles.days} data-wide={wide || undefined}>
              {row.map((day) => (
                <button
                  key={day}
                  type="button"
                  className={styles.day}
                  data-today={day === today || undefined}
                  aria-current={day === today ? 'date' : undefined}
                  onClick={() => onDay?.(day)}
                  {...dayProps(day)}
                >
                  <VisuallyHidden>{`${dayText(day, 'full')}: ${namesOn(day, zone, common)}`}</VisuallyHidden>
                  <span aria-hidden="true" className={styles.weekday}>
                    {dayText(day, 'weekday')}
                  </span>
                  <span aria-hidden="true">
                    {dayText(day, wide && (day.endsWith('-01') || day === row[0]) ? 'dayAndMonth' : 'day')}
                  </span>
                </button>
              ))}
            </div>
            <div className={styles.tracks} data-wide={wide || undefined}>
              {common.tracks.map((track) => (
                <TrackRow
                  key={track.id}
                  {...common}
                  {...{ track, edges, wide }}
                  named={common.tracks.length > 1}
                  begins={dayText(row[0] ?? from, 'dayAndMonth')}
                />
              ))}
              <NowLine edges={edges} />
            </div>
          </div>
        );
      })}
    </section>
  );
};
