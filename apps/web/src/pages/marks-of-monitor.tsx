import type { MonitorView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { AddMark } from '../features/marks/add-mark.tsx';
import { DeleteMark } from '../features/marks/delete-mark.tsx';
import { isSet, MarkList } from '../features/marks/mark-list.tsx';
import { marksQuery } from '../features/marks/queries.ts';
import { ranges } from '../features/results/queries.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Skeletons } from '../ui/skeletons.tsx';
import { fittingRange } from './fitting-range.ts';

const route = getRouteApi('/app/monitors/$monitorId');

/** Deploys and the like in the chart's range, and a way to add one by hand. */
export const MarksOfMonitor = ({ monitor }: { readonly monitor: MonitorView }) => {
  const range = route.useSearch().range ?? fittingRange(monitor);
  const { data: marks = [], isLoading } = useQuery(marksQuery(monitor.id, ranges[range]));
  if (isLoading) return <Skeletons rows={3} label={t`Loading the marks`} />;
  return (
    <>
      {marks.length === 0 ? (
        <EmptyState small title={t`No marks in the chart’s range`}>
          <Trans>
            Deploys, changed configurations and certificates stand in the chart as lines, and incidents name them.
          </Trans>
        </EmptyState>
      ) : (
        <MarkList
          marks={marks}
          label={t`What happened in this range`}
          act={(mark) => (isSet(mark) ? <DeleteMark mark={mark} /> : null)}
        />
      )}
      <AddMark monitorId={monitor.id} />
    </>
  );
};
