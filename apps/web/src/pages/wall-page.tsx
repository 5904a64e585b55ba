import type { IncidentView } from '@farwatch/contracts';
import { explain } from '@farwatch/domain';
import { i18n } from '@lingui/core';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import { meQuery } from '../features/accounts/queries.ts';
import { incidentsQuery } from '../features/incidents/queries.ts';
import { monitorsQuery } from '../features/monitors/queries.ts';
import { statusTone, statusWord } from '../features/monitors/status.tsx';
import { boardOf } from '../features/wall/board.ts';
import { useWakeLock } from '../features/wall/use-wake-lock.ts';
import { Wall } from '../features/wall/wall.tsx';
import { Live } from '../shell/live.tsx';
import { useHealth } from '../shell/use-health.ts';
import { useKeptState } from '../shell/use-kept-state.ts';
import { useNewestVersion } from '../shell/use-newest-version.ts';
import { zoneOf } from '../shell/zone-of.ts';
import { setHourCycle } from '../ui/hour-cycle.ts';
import { Problem } from '../ui/problem.tsx';
import { Skeletons } from '../ui/skeletons.tsx';
import { Zone } from '../ui/zone.ts';
import styles from './pages.module.css';
import { WallHead } from './wall-head.tsx';

/** The moments stand beside it, in the reader's zone. */
const whyText = ({ cause, regions }: IncidentView): string => {
  if (regions.length === 0) return explain(cause);
  const [why, where] = [explain(cause), new Intl.ListFormat(i18n.locale).format(regions)];
  return t`${why}, seen from ${where}`;
};

const route = getRouteApi('/wall');
const look = {
  tone: (status: keyof typeof statusTone) => statusTone[status],
  word: (status: keyof typeof statusWord) => i18n.t(statusWord[status]),
} as const;

const Shown = () => {
  const { tag } = route.useSearch();
  const monitors = useQuery(monitorsQuery);
  const open = useInfiniteQuery(incidentsQuery({ status: 'open' }));
  const { prefix } = useHealth();
  useWakeLock();
  useNewestVersion();
  useEffect(() => {
    document.title = `${prefix}${t`Wall`} · Farwatch`;
  }, [prefix]);
  // What broke stands in the tiles: they would grow when it came later.
  if (monitors.status === 'pending' || open.status === 'pending')
    return (
      <main className={styles.away}>
        <Skeletons rows={8} height={64} />
      </main>
    );
  if (monitors.status === 'error')
    return (
      <main className={styles.away}>
        <Problem
          title={t`The monitors could not be loaded`}
          error={monitors.error}
          onRetry={() => void monitors.refetch()}
        />
      </main>
    );
  const incidents = open.data?.pages.flatMap(({ items }) => items) ?? [];
  const causes = new Map(incidents.map((each) => [each.monitorId, { since: each.startedAt, summary: whyText(each) }]));
  const board = boardOf(monitors.data, causes, tag);
  if (monitors.data.length > 0) return <Wall board={board} look={look} head={<WallHead tag={tag} />} />;
  return (
    <main className={styles.away}>
      <p>
        <Trans>There is no monitor yet. Add one, and it stands here by itself.</Trans>
      </p>
    </main>
  );
};

const Framed = () => {
  const { data: me } = useQuery(meQuery);
  useKeptState(me?.account?.id ?? null);
  setHourCycle(me?.account?.clock ?? 'auto');
  return me === undefined ? null : (
    <Zone value={zoneOf(me)}>
      <Shown />
    </Zone>
  );
};

/** For a screen on a wall: nothing to press, nothing hidden, live for days. */
export const WallPage = () => (
  <Live>
    <Framed />
  </Live>
);
