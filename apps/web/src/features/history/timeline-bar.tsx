import type { TimelineView } from '@farwatch/contracts';
import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { SegmentedControl, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { durationText } from '../../ui/duration.tsx';
import { Instant, minuteText } from '../../ui/instant.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import { useZone } from '../../ui/zone.ts';
import styles from './history.module.css';
import { timelineQuery } from './queries.ts';

/** `not-shown`: there were too many changes to tell them all, and these are the oldest. */
type State = TimelineView['stretches'][number]['state'] | 'not-shown';
type Stretch = Readonly<{ state: State; from: string; to: string }>;
type Line = Readonly<{ from: string; to: string; stretches: readonly Stretch[] }>;

const words: Readonly<Record<State, MessageDescriptor>> = {
  up: msg`up`,
  down: msg`down`,
  unknown: msg`nobody looked`,
  'left-out': msg`maintenance`,
  'not-shown': msg`not shown`,
};
const spans = { '1': msg`24 hours`, '7': msg`7 days`, '30': msg`30 days`, '90': msg`90 days` } as const;
const choices = Object.entries<MessageDescriptor>(spans);

const lengthOf = ({ from, to }: Readonly<{ from: string; to: string }>): number => Date.parse(to) - Date.parse(from);

/** All of it in one sentence: `up 23 h 40 min, down 20 min in 2 stretches`. */
export const timelineSentence = ({ stretches }: Line): string => {
  const told = (Object.keys(words) as State[]).flatMap((state) => {
    const own = stretches.filter((one) => one.state === state);
    if (own.length === 0) return [];
    const length = durationText(own.reduce((sum, one) => sum + lengthOf(one), 0));
    const word = i18n.t(words[state]);
    return [own.length > 1 && state !== 'up' ? t`${word} ${length} in ${own.length} stretches` : `${word} ${length}`];
  });
  return told.length === 0 ? t`nothing is known yet` : told.join(', ');
};

const dayMs = 86_400_000;
/** It was asked for a moment ago. */
const nowMs = 60_000;
/** All of the last days: before it was made nobody looked at it, and what lies between that and the answer was left out. */
const filled = (timeline: TimelineView, days: number, createdAt: string): Line => {
  const begin = Date.parse(timeline.to) - days * dayMs;
  const told = Date.parse(timeline.from);
  const made = Math.min(told, Math.max(begin, Date.parse(createdAt)));
  const iso = (at: number): string => new Date(at).toISOString();
  const stretches: Stretch[] = [...timeline.stretches];
  if (told - made > nowMs) stretches.unshift({ state: 'not-shown', from: iso(made), to: timeline.from });
  const [first] = stretches;
  if (made - begin < nowMs) return { ...timeline, stretches };
  if (first?.state === 'unknown') stretches[0] = { ...first, from: iso(begin) };
  else stretches.unshift({ state: 'unknown', from: iso(begin), to: iso(made) });
  return { from: iso(begin), to: timeline.to, stretches };
};

const Bar = ({ timeline }: { readonly timeline: Line }) => {
  const zone = useZone();
  const all = Math.max(1, lengthOf(timeline));
  return (
    <>
      <div className={styles.bar} role="img" aria-label={t`Timeline: ${timelineSentence(timeline)}.`}>
        {timeline.stretches.map((one) => (
          <Tooltip
            key={one.from}
            label={t`${i18n.t(words[one.state])} ${durationText(lengthOf(one))}, from ${minuteText(one.from, zone)}`}
          >
            <span
              className={styles.stretch}
              data-state={one.state}
              style={{ flexGrow: Math.max(1, Math.round((lengthOf(one) / all) * 100_000)) }}
            />
          </Tooltip>
        ))}
      </div>
      <div className={styles.ends}>
        <Instant at={timeline.from} to="minute" />
        <span>
          <Trans>now</Trans>
        </span>
      </div>
    </>
  );
};

const Legend = ({ timeline }: { readonly timeline: Line }) => {
  const present = (Object.keys(words) as State[]).filter((state) =>
    timeline.stretches.some((one) => one.state === state),
  );
  return (
    <ul className={styles.legend}>
      {present.map((state) => (
        <li key={state}>
          <span className={styles.key} data-state={state} aria-hidden />
          {i18n.t(words[state])}
        </li>
      ))}
    </ul>
  );
};

/** A monitor's last hours or days at a glance: up, down, and the gaps in which nobody looked. */
export const TimelineBar = ({ monitorId, createdAt }: Readonly<{ monitorId: string; createdAt: string }>) => {
  const [span, setSpan] = useState('1');
  const query = useQuery(timelineQuery(monitorId, Number(span)));
  const timeline = query.data === undefined ? undefined : filled(query.data, Number(span), createdAt);
  return (
    <div className={styles.timeline}>
      <div className={styles.timelineHead}>
        {timeline === undefined ? <span /> : <Legend timeline={timeline} />}
        <SegmentedControl
          size="xs"
          aria-label={t`Range of the timeline`}
          data={choices.map(([value, word]) => ({ value, label: i18n.t(word) }))}
          value={span}
          onChange={setSpan}
        />
      </div>
      {query.status === 'pending' ? <Skeletons rows={1} height={46} label={t`Loading the timeline`} /> : null}
      {query.status === 'error' ? (
        <Problem title={t`The timeline could not be loaded`} error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {timeline === undefined ? null : <Bar timeline={timeline} />}
    </div>
  );
};
