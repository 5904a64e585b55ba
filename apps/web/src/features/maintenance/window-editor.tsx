import type { MaintenanceWindowView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CallError } from '../../api/call-error.ts';
import { Problem } from '../../ui/problem.tsx';
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
      onSave={(body) => save.mutate({ id: null, etag: null, body }, { onSuccess: onClose })}
      onCancel={onClose}
    />
  );
};

type EditedProps = Common & Readonly<{ window: MaintenanceWindowView; etag: string | null; onReload: () => void }>;
const Edited = ({ window, etag, choices, preview, onReload, onClose }: EditedProps) => {
  const save = useSaveWindow();
  const overtaken = save.error instanceof CallError && save.error.status === 412;
  return (
    <WindowForm
      {...{ choices, preview }}
      initialValues={valuesOfWindow(window)}
      windowId={window.id}
      busy={save.isPending}
      error={save.error}
      aside={
        overtaken ? (
          <Button size="compact-sm" variant="default" onClick={onReload}>
            <Trans>Load it as it is now</Trans>
          </Button>
        ) : null
      }
      onSave={(body) => save.mutate({ id: window.id, etag, body }, { onSuccess: onClose })}
      onCancel={onClose}
    />
  );
};

const Existing = ({ windowId, ...rest }: Common & { readonly windowId: string }) => {
  const query = useQuery(windowSettingsQuery(windowId));
  switch (query.status) {
    case 'pending':
      return <Skeletons rows={6} height={64} label={t`Loading the window`} />;
    case 'error':
      return (
        <Problem title={t`The window could not be loaded`} error={query.error} onRetry={() => void query.refetch()} />
      );
    case 'success':
      return (
        <Edited
          key={query.data.etag ?? query.data.data.updatedAt}
          window={query.data.data}
          etag={query.data.etag}
          onReload={() => void query.refetch()}
          {...rest}
        />
      );
  }
};

/** A new window on a day (or none yet), or the one with this id. */
export type Edit = Readonly<{ kind: 'new'; day: string | null } | { kind: 'window'; windowId: string }>;

/** Plans work, once or again and again, or changes what is planned. */
export const WindowEditor = ({ edit, ...rest }: Common & { readonly edit: Edit }) => (
  <Modal
    opened
    onClose={rest.onClose}
    title={edit.kind === 'new' ? t`Plan maintenance` : t`Change the window`}
    size="lg"
    centered
  >
    {edit.kind === 'new' ? <New day={edit.day} {...rest} /> : <Existing windowId={edit.windowId} {...rest} />}
  </Modal>
);
