import type { MonitorView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Alert, Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { CallError, messageOf } from '../../api/call-error.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import { AdvancedFields, type MonitorChoices, UrlField } from './monitor-fields.tsx';
import { formErrors, type MonitorValues, patchOf, validation, valuesOf } from './monitor-values.ts';
import { PolicyPreview } from './policy-preview.tsx';
import { monitorSettingsQuery, useUpdateMonitor } from './queries.ts';

type FormProps = Readonly<{
  monitor: MonitorView;
  etag: string | null;
  choices: MonitorChoices;
  onReload: () => void;
}>;

const Form = ({ monitor, etag, choices, onReload }: FormProps) => {
  const update = useUpdateMonitor(monitor.id);
  const form = useForm<MonitorValues>({ initialValues: valuesOf(monitor), validate: validation });
  const send = (values: MonitorValues): void =>
    update.mutate(
      { body: patchOf(values, monitor), etag },
      {
        onSuccess: () => {
          form.resetDirty();
          notifications.show({ message: t`Saved. Probes look by the new settings within seconds.` });
        },
        onError: (error) => error instanceof CallError && form.setErrors(formErrors(error.faults)),
      },
    );
  const overtaken = update.error instanceof CallError && update.error.status === 412;
  return (
    <form noValidate onSubmit={form.onSubmit(send)}>
      <Stack gap="md">
        {update.error === null ? null : (
          <Alert color="red" role="alert" icon={<IconAlertTriangle size={18} aria-hidden />}>
            {overtaken ? t`Somebody changed this monitor since you opened the form.` : messageOf(update.error)}{' '}
            <Trans>Nothing was saved.</Trans>{' '}
            {overtaken ? (
              <Button size="compact-sm" variant="default" onClick={onReload}>
                <Trans>Load the current settings</Trans>
              </Button>
            ) : null}
          </Alert>
        )}
        <UrlField form={form} />
        <AdvancedFields form={form} choices={choices} />
        <PolicyPreview monitorId={monitor.id} values={form.values} saved={valuesOf(monitor)} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" disabled={!form.isDirty()} onClick={() => form.reset()}>
            <Trans>Undo changes</Trans>
          </Button>
          <Button type="submit" loading={update.isPending} disabled={!form.isDirty()}>
            <Trans>Save</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

type Props = Readonly<{ monitorId: string; choices: MonitorChoices }>;

/** What is watched and how. Saving says which version was edited, so that nobody overwrites a colleague unawares. */
export const MonitorSettings = ({ monitorId, choices }: Props) => (
  <Loaded
    query={useQuery(monitorSettingsQuery(monitorId))}
    failed={t`The settings could not be loaded`}
    waiting={<Skeletons rows={6} height={64} label={t`Loading the settings`} />}
  >
    {({ data, etag }, onReload) => <Form monitor={data} {...{ etag, choices, onReload }} />}
  </Loaded>
);
