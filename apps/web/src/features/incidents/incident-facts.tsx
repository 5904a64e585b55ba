import type { IncidentView } from '@farwatch/contracts';
import { Code } from '../../ui/code.tsx';
import { Duration, Since } from '../../ui/duration.tsx';
import { Instant, ZoneName } from '../../ui/instant.tsx';
import styles from './incidents.module.css';

/** A moment is known no better than the looks around it: between which two it lies. */
const Between = ({ from, until: to }: { readonly from: string | null; readonly until: string | null }) =>
  from === null || to === null ? null : (
    <dd className={styles.between}>
      between <Instant at={from} exact /> and <Instant at={to} exact />
    </dd>
  );

const endWord = ({ endReason }: IncidentView): string => {
  if (endReason === 'paused') return 'Ended by pause';
  return endReason === 'withdrawn' ? 'Taken back by later checks' : 'Cleared';
};

const until = ({ resolvedAt }: IncidentView) => (resolvedAt === null ? 'Not yet' : <Instant at={resolvedAt} exact />);

/** The answer for three in the morning: since when, until when, how long, seen from where. */
export const IncidentFacts = ({ incident }: { readonly incident: IncidentView }) => (
  <>
    <dl className={styles.facts}>
      <div>
        <dt>Started</dt>
        <dd>
          <Instant at={incident.startedAt} exact />
        </dd>
        <Between from={incident.bounds.lastGoodAt} until={incident.bounds.firstBadAt} />
      </div>
      <div>
        <dt>{endWord(incident)}</dt>
        <dd>{until(incident)}</dd>
        <Between from={incident.bounds.lastBadAt} until={incident.bounds.firstGoodAt} />
      </div>
      <div>
        <dt>{incident.resolvedAt === null ? 'Down for' : 'Lasted'}</dt>
        <dd>
          {incident.durationMs === null ? <Since at={incident.startedAt} /> : <Duration ms={incident.durationMs} />}
        </dd>
      </div>
      <div>
        <dt>Confirmed from</dt>
        <dd>
          <Code>{incident.regions.join(', ')}</Code>
        </dd>
      </div>
    </dl>
    <p className={styles.zone}>
      Times in <ZoneName />
    </p>
  </>
);
