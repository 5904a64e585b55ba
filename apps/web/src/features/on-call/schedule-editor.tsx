import type { ScheduleView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Choice } from '../../ui/choice.ts';
import { Loaded, Overtaken } from '../../ui/loaded.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import { useZone } from '../../ui/zone.ts';
import { scheduleSettingsQuery, useSaveSchedule } from './queries.ts';
import { type AlertPreviewSlot, ScheduleForm } from './schedule-form.tsx';
import { freshSchedule, valuesOfSchedule } from './schedule-values.ts';

type Common = Readonly<{ people: readonly Choice[]; preview: AlertPreviewSlot; onDone: () => void }>;
type EditedProps = Common & Readonly<{ schedule: ScheduleView; etag: string | null; onReload: () => void }>;

const Edited = ({ schedule, etag, onReload, ...common }: EditedProps) => {
  const zone = useZone();
  const save = useSaveSchedule();
  return (
    <ScheduleForm
      {...common}
      scheduleId={schedule.id}
      initialValues={valuesOfSchedule(schedule, zone)}
      busy={save.isPending}
      error={save.error}
      aside={<Overtaken error={save.error} onReload={onReload} />}
      onSave={(body, onSuccess) => save.mutate({ id: schedule.id, etag, body }, { onSuccess })}
    />
  );
};

const New = (common: Common) => {
  const zone = useZone();
  const [initialValues] = useState(() => freshSchedule(zone, Date.now()));
  const save = useSaveSchedule();
  return (
    <ScheduleForm
      {...{ ...common, initialValues }}
      scheduleId={null}
      busy={save.isPending}
      error={save.error}
      onSave={(body, onSuccess) => save.mutate({ id: null, etag: null, body }, { onSuccess })}
    />
  );
};

const Existing = ({ scheduleId, ...common }: Common & { readonly scheduleId: string }) => (
  <Loaded
    query={useQuery(scheduleSettingsQuery(scheduleId))}
    failed={t`The schedule could not be loaded`}
    waiting={<Skeletons rows={5} height={72} label={t`Loading the schedule`} />}
  >
    {({ data, etag }, onReload) => <Edited schedule={data} {...{ ...common, etag, onReload }} />}
  </Loaded>
);

/** A new schedule (`new`), or the one with this id. */
export const ScheduleEditor = ({ scheduleId, ...rest }: Common & { readonly scheduleId: string }) =>
  scheduleId === 'new' ? <New {...rest} /> : <Existing scheduleId={scheduleId} {...rest} />;
