import type { MaintenanceWindowView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { FormModal } from '../../ui/form-modal.tsx';
import { Loaded, Overtaken } from '../../ui/loaded.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import { useZone } from '../../ui/zone.ts';
import { useSaveWindow, windowSettingsQuery } from './queries.ts';
import { type AlertPreviewSlot, type WindowChoices, WindowForm } from './window-form.tsx';
import { newValues, valuesOfWindow } from './window-values.ts';

type Common = Readonly<{ choices: WindowChoices; preview: AlertPreviewSlot; onClose: () => void }>;

const New = ({ day, choices, preview, onClose }: Common & { readonly day: string | null }) => {
  const zone = useZone();
  const [initialValues] = useState(() => newValues(zone, day, Date.now()));
  const save = useSaveWindow();
  return (
    <WindowForm
      {...{ initialValues, choices, preview }}
      windowId={null}
      busy={save.isPending}
      error={save.error}
      onSave={(body, then) => save.mutate({ id: null, etag: null, body }, { onSuccess: then })}
      onClose={onClose}
    />
  );
};

type EditedProps = Common & Readonly<{ window: MaintenanceWindowView; etag: string | null; onReload: () => void }>;
const Edited = ({ window, etag, choices, preview, onReload, onClose }: EditedProps) => {
  const save = useSaveWindow();
  return (
    <WindowForm
      {...{ choices, preview }}
      initialValues={valuesOfWindow(window)}
      windowId={window.id}
      busy={save.isPending}
      error={save.error}
      aside={<Overtaken error={save.error} onReload={onReload} />}
      onSave={(body, then) => save.mutate({ id: window.id, etag, body }, { onSuccess: then })}
      onClose={onClose}
    />
  );
};

const Existing = ({ windowId, ...common }: Common & { readonly windowId: string }) => (
  <Loaded
    query={useQuery(windowSettingsQuery(windowId))}
    failed={t`The window could not be loaded`}
    waiting={<Skeletons rows={6} height={64} label={t`Loading the window`} />}
  >
    {({ data, etag }, onReload) => <Edited window={data} {...{ ...common, etag, onReload }} />}
  </Loaded>
);

/** A new window on a day (or none yet), or the one with this id. */
export type Edit = Readonly<{ kind: 'new'; day: string | null } | { kind: 'window'; windowId: string }>;

/** Plans work, once or again and again, or changes what is planned. */
export const WindowEditor = ({ edit, ...rest }: Common & { readonly edit: Edit }) => (
  <FormModal onClose={rest.onClose} title={edit.kind === 'new' ? t`Plan maintenance` : t`Change the window`} size="lg">
    {(onClose) =>
      edit.kind === 'new' ? (
        <New day={edit.day} {...{ ...rest, onClose }} />
      ) : (
        <Existing windowId={edit.windowId} {...{ ...rest, onClose }} />
      )
    }
  </FormModal>
);
