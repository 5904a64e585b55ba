import type { IncidentView } from '@farwatch/contracts';
import { Trans } from '@lingui/react/macro';
import { Code } from '../../ui/code.tsx';
import { Duration, Since } from '../../ui/duration.tsx';
import { Instant, ZoneName } from '../../ui/instant.tsx';
import { Between, clearEdges, startEdges } from './between.tsx';
import styles from './incidents.module.css';

const EndWord = ({ endReason }: Pick<IncidentView, 'endReason'>) => {
  if (endReason === 'paused') return <Trans>Ended by pause</Trans>;
  return endReason === 'withdrawn' ? <Trans>Taken back by later checks</Trans> : <Trans>Cleared</Trans>;
};

const Start = ({ incident }: { readonly incident: IncidentView }) => (
  <div>
    <dt>{incident.resolvedAt === null ? <Trans>Since</Trans> : <Trans>Started</Trans>}</dt>
    <dd>
      <Instant at={incident.startedAt} exact />
    </dd>
    <dd className={styles.between}>
      <Between {...startEdges(incident.bounds)} />
    </dd>
  </div>
);

const End = ({ incident }: { readonly incident: IncidentView }) =>
  incident.resolvedAt === null ? null : (
    <div>
      <dt>
        <EndWord endReason={incident.endReason} />
      </dt>
      <dd>
        <Instant at={incident.resolvedAt} exact />
      </dd>
      <dd className={styles.between}>
        <Between {...clearEdges(incident.bounds)} />
      </dd>
    </div>
  );

/** The answer for three in the morning: how long, since when, until when, seen from where. */
export const IncidentFacts = ({ incident }: { readonly incident: IncidentView }) => (
  <dl className={styles.facts} data-open={incident.status === 'open' || undefined}>
    <div className={styles.length}>
      <dt>{incident.resolvedAt === null ? <Trans>Down for</Trans> : <Trans>Lasted</Trans>}</dt>
      <dd>
        {incident.durationMs === null ? <Since at={incident.startedAt} /> : <Duration ms={incident.durationMs} />}
      </dd>
    </div>
    <Start incident={incident} />
    <End incident={incident} />
    <div className={styles.from}>
      <dt>
        <Trans>Confirmed from</Trans>
      </dt>
      <dd>
        <Code>{incident.regions.join(', ')}</Code>
      </dd>
      <dd className={styles.between}>
        <Trans>
          Times in <ZoneName />
        </Trans>
      </dd>
    </div>
  </dl>
);
