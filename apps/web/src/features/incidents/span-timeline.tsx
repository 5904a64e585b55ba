import type { getIncident, ReplyOf, SpanView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useNow } from '../../ui/clock.ts';
import { Code } from '../../ui/code.tsx';
import { exactText, instantText } from '../../ui/instant.tsx';
import { useZone } from '../../ui/zone.ts';
import styles from './incidents.module.css';
import { type Frame, frameOf, placeIn, unsureOf } from './timeline-frame.ts';

type Incident = ReplyOf<typeof getIncident>;
type Bounds = Incident['regionBounds'][number];
type LaneProps = Readonly<{
  region: string;
  spans: readonly SpanView[];
  bounds: Bounds | undefined;
  codes: readonly string[];
  frame: Frame;
}>;

const looks = 6;

/** One code while it was seen. */
const Bar = ({ span, look, frame }: { readonly span: SpanView; readonly look: number; readonly frame: Frame }) => {
  const zone = useZone();
  const left = placeIn(frame, Date.parse(span.startedAt));
  const right = placeIn(frame, span.endedAt === null ? frame.end : Date.parse(span.endedAt));
  const { code } = span;
  const from = exactText(span.startedAt, zone);
  return (
    <span
      className={styles.span}
      data-look={look % looks}
      style={{ left: `${left}%`, width: `max(6px, ${right - left}%)` }}
      title={t`${code} from ${from}`}
    >
      <span>{code}</span>
    </span>
  );
};

const Lane = ({ region, spans, bounds, codes, frame }: LaneProps) => (
  <div className={styles.lane}>
    <span className={styles.laneName}>
      <Code>{region}</Code>
    </span>
    <span className={styles.laneTrack}>
      {spans.map((span) => (
        <Bar key={`${span.startedAt} ${span.code}`} span={span} look={codes.indexOf(span.code)} frame={frame} />
      ))}
      {unsureOf(bounds, frame).map(([left, width]) => (
        <span key={left} className={styles.unsure} style={{ left: `${left}%`, width: `${width}%` }} />
      ))}
    </span>
  </div>
);

/** The spans of every region to scale, from the last good look to the first one after. Hatched: nobody looked. */
export const SpanTimeline = ({ incident }: { readonly incident: Incident }) => {
  const now = useNow();
  const zone = useZone();
  const { spans, regionBounds, resolvedAt } = incident;
  const frame = frameOf(incident, now);
  const codes = [...new Set(spans.map(({ code }) => code))];
  const regions = [...new Set(spans.map(({ region }) => region))].toSorted();
  const [codeList, regionList] = [codes.join(', '), regions.join(', ')];
  return (
    <div className={styles.timeline}>
      <div className={styles.lanes} role="img" aria-label={t`Timeline of ${codeList} in ${regionList}`}>
        {regions.map((region) => (
          <Lane
            key={region}
            region={region}
            spans={spans.filter((span) => span.region === region)}
            bounds={regionBounds.find((each) => each.region === region)}
            codes={codes}
            frame={frame}
          />
        ))}
      </div>
      <div className={styles.axis}>
        <span>{instantText(new Date(frame.start).toISOString(), zone)}</span>
        <span>{resolvedAt === null ? <Trans>now</Trans> : instantText(new Date(frame.end).toISOString(), zone)}</span>
      </div>
      <p className={styles.legend}>
        <span className={styles.swatch} aria-hidden />
        <Trans>Hatched: between two looks. It began, or cleared, somewhere in there.</Trans>
      </p>
    </div>
  );
};
