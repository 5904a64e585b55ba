import type { ScheduleView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CallError } from '../../api/call-error.ts';
import type { Choice } from '../../ui/choice.ts';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import { useZone } from '../../ui/zone.ts';
import { scheduleSettingsQuery, useSaveSchedule } from './queries.ts';
import { type AlertPreviewSlot, ScheduleForm } from './schedule-form.tsx';
import { freshSchedule, valuesOfSchedule } from './schedule-values.ts';

type Common = Readonly<{ people: readonly Choice[]; preview: AlertPreviewSlot; onDone: () => void }>;

const Edited = ({
  schedule,
  etag,
  people,
  preview,
  onDone,
  onReload,
}: Common & Readonly<{ schedule: ScheduleView; etag: string | null; onReload: () => void }>) => {
  const zone = useZone();
  const save = useSaveSchedule();
  const overtaken = save.error instanceof CallError && save.error.status === 412;
  return (
    <ScheduleForm
      scheduleId={schedule.id}
      preview={preview}
      initialValues={valuesOfSchedule(schedule, zone)}
      people={people}
      busy={save.isPending}
      error={save.error}
      aside={
        overtaken ? (
          <Button size="compact-sm" variant="default" onClick={onReload}>
            <Trans>Load it as it is now</Trans>
          </Button>
        ) : null
      }
      onSave={(body) => save.mutate({ id: schedule.id, etag, body }, { onSuccess: onDone })}
      onCancel={onDone}
    />
  );
};

const New = ({ people, preview, onDone }: Common) => {
  const zone = useZone();
  const [initialValues] = useState(() => freshSchedule(zone, Date.now()));
  const save = useSaveSchedule();
  return (
    <ScheduleForm
      scheduleId={null}
      preview={preview}
      initialValues={initialValues}
      people={people}
      busy={save.isPending}
      error={save.error}
      onSave={(body) => save.mutate({ id: null, etag: null, body }, { onSuccess: onDone })}
      onCancel={onDone}
    />
  );
};

const Existing = ({ scheduleId, ...rest }: Common & { readonly scheduleId: string }) => {
  const query = useQuery(scheduleSettingsQuery(scheduleId));
  switch (query.status) {
    case 'pending':
      return <Skeletons rows={5} height={72} label={t`Loading the schedule`} />;
    case 'error':
      return (
        <Problem title={t`The schedule could not be loaded`} error={query.error} onRetry={() => void query.refetch()} />
      );
    case 'success':
      return (
        <Edited
          key={query.data.etag ?? query.data.data.updatedAt}
          schedule={query.data.data}
          etag={query.data.etag}
          onReload={() => void query.refetch()}
          {...rest}
        />
      );
  }
};

/** A new schedule (`new`), or the one with this id. */
export const ScheduleEditor = ({ scheduleId, ...rest }: Common & { readonly scheduleId: string }) =>
  scheduleId === 'new' ? <New {...rest} /> : <Existing scheduleId={scheduleId} {...rest} />;
