import type { IncidentView } from '@farwatch/contracts';
import { Code } from '../../ui/code.tsx';
import { Duration, Since } from '../../ui/duration.tsx';
import { Instant, ZoneName } from '../../ui/instant.tsx';
import styles from './incidents.module.css';

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
      </div>
      <div>
        <dt>{incident.endReason === 'paused' ? 'Ended by pause' : 'Cleared'}</dt>
        <dd>{until(incident)}</dd>
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
