import type { MonitorView } from '@farwatch/contracts';
import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Loader, VisuallyHidden } from '@mantine/core';
import { IconArrowUp, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { lazy, Suspense, useCallback, useState } from 'react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import { LogFilters } from './log-filters.tsx';
import { LogRows } from './log-rows.tsx';
import { type Asked, LookNow } from './look-now.tsx';
import type { LogView } from './queries.ts';
import styles from './response-log.module.css';
import { useLog } from './use-log.ts';
import { useLookSteps } from './use-look-steps.ts';

/** Seen when a look is opened, and heavier than the list. */
const LookPanel = lazy(async () => ({ default: (await import('./look-panel.tsx')).LookPanel }));

const rowHeight = 44;

type Log = ReturnType<typeof useLog>;

const Foot = ({ log, keptDays }: Readonly<{ log: Log; keptDays: number | undefined }>) => {
  const { isFetching, isError, error, refetch } = log.query;
  if (isError)
    return <Problem title={t`The rest of the log could not be loaded`} error={error} onRetry={() => void refetch()} />;
  if (log.more)
    return (
      <div className={styles.foot}>{isFetching ? <Loader size="sm" aria-label={t`Loading older looks`} /> : null}</div>
    );
  return (
    <p className={styles.foot}>
      {keptDays === undefined ? (
        <Trans>Here the log begins.</Trans>
      ) : (
        plural(keptDays, {
          one: 'Here the log begins: looks are kept for # day.',
          other: 'Here the log begins: looks are kept for # days.',
        })
      )}
    </p>
  );
};

const None = ({ filtered, onAll }: Readonly<{ filtered: boolean; onAll: () => void }>) =>
  filtered ? (
    <EmptyState
      title={t`No look matches`}
      action={
        <Button variant="default" onClick={onAll}>
          <Trans>Show all</Trans>
        </Button>
      }
    />
  ) : (
    <EmptyState small title={t`No look yet`}>
      <Trans>Each look is written here as it comes in.</Trans>
    </EmptyState>
  );

const countText = ({ rows, more, top }: Log): string => {
  const count = rows.length.toLocaleString();
  if (!more && top) return plural(rows.length, { one: '# look', other: '# looks' });
  return top ? t`The newest ${count} looks` : t`${count} looks at hand`;
};

/** New looks come in by themselves, unless somebody reads; then they wait behind a button. */
const Tail = ({ log, onNewest }: Readonly<{ log: Log; onNewest: () => void }>) => (
  <>
    {log.waiting > 0 || !log.top ? (
      <Button size="xs" variant="light" leftSection={<IconArrowUp size={15} aria-hidden />} onClick={onNewest}>
        {log.waiting > 0 ? plural(log.waiting, { one: '# new', other: '# new' }) : t`Newest`}
      </Button>
    ) : null}
    <Button
      size="xs"
      variant="subtle"
      aria-pressed={log.paused}
      leftSection={log.paused ? <IconPlayerPlay size={15} aria-hidden /> : <IconPlayerPause size={15} aria-hidden />}
      onClick={() => log.setPaused(!log.paused)}
    >
      {log.paused ? t`Paused` : t`Live`}
    </Button>
  </>
);

type Props = Readonly<{
  monitor: MonitorView;
  view: LogView;
  onView: (view: LogView) => void;
  /** How many days the organisation keeps its log. */
  keptDays?: number | undefined;
}>;

const Filled = ({ monitor, view, onView, keptDays, log }: Props & Readonly<{ log: Log }>) => {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [start, setStart] = useState(0);
  const open = useCallback((look: string) => onView({ ...view, look }), [onView, view]);
  const filtered = Object.values(view.filter).some((value) => value !== undefined);
  const newest = (): void => {
    log.setPaused(false);
    log.setAway(false);
    if (view.at !== undefined) onView({ ...view, at: undefined });
    else if (!log.top) log.restart();
    setStart(start + 1);
  };
  return (
    <div className={styles.card}>
      <div className={styles.bar}>
        <span className={styles.count}>{countText(log)}</span>
        <LookNow monitorId={monitor.id} asked={asked} onAsked={setAsked} />
        <Tail log={log} onNewest={newest} />
      </div>
      {log.rows.length === 0 ? (
        <None filtered={filtered || view.at !== undefined} onAll={() => onView({ filter: {} })} />
      ) : (
        <LogRows
          key={`${start} ${view.at} ${JSON.stringify(view.filter)}`}
          {...{ rows: log.rows, top: log.top, more: log.more, open: view.look, asked: asked?.scheduledAt }}
          foot={<Foot log={log} keptDays={keptDays} />}
          onOpen={open}
          onAway={log.setAway}
          onNear={log.near}
        />
      )}
    </div>
  );
};

/** Says what a filter came to, once for each; looks that come in by themselves say nothing. */
const Announced = ({ log, view }: Readonly<{ log: Log; view: LogView }>) => {
  const asked = JSON.stringify([view.filter, view.at]);
  const [told, setTold] = useState({ asked, text: '' });
  if (told.asked !== asked && log.query.status === 'success')
    setTold({ asked, text: log.rows.length === 0 ? t`No look matches` : countText(log) });
  return <VisuallyHidden role="status">{told.text}</VisuallyHidden>;
};

const Log = (props: Props & Readonly<{ log: Log }>) => {
  const { query, rows } = props.log;
  if (query.status === 'pending') return <Skeletons rows={12} height={rowHeight} label={t`Loading the response log`} />;
  if (query.status === 'error' && rows.length === 0)
    return (
      <Problem
        title={t`The response log could not be loaded`}
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  return <Filled {...props} />;
};

const LogOf = (props: Props) => {
  const { monitor, view, onView } = props;
  const log = useLog(monitor.id, view);
  const steps = useLookSteps(log, view, onView);
  return (
    <div>
      <LogFilters regions={monitor.regions} view={view} onView={onView} />
      <Announced log={log} view={view} />
      <Log {...props} log={log} />
      {view.look === undefined ? null : (
        <Suspense fallback={<VisuallyHidden role="status">{t`Opening the look`}</VisuallyHidden>}>
          <LookPanel
            {...{ monitor, steps }}
            resultId={view.look}
            onClose={() => onView({ ...view, look: undefined })}
          />
        </Suspense>
      )}
    </div>
  );
};

/** Every look at a monitor, newest first and live: by time, outcome, code, region, failure and reason; each opens. */
export const ResponseLog = (props: Props) => <LogOf key={props.monitor.id} {...props} />;
