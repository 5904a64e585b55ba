import type { QuietHours } from '@farwatch/contracts';
import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { CallError } from '../../api/call-error.ts';
import { FormAlert } from '../../ui/form-alert.tsx';
import { browserZone } from '../../ui/zone.ts';
import { ZoneSelect } from '../../ui/zone-select.tsx';
import { useUpdateMe } from './settings-queries.ts';

type Values = Readonly<{ timeZone: string | null; quietHours: QuietHours | null }>;
type Slot = Readonly<{
  value: QuietHours | null;
  onChange: (value: QuietHours | null) => void;
  description: string;
  error?: string | undefined;
}>;
type Props = Readonly<{
  before: Values;
  organisationZone: string;
  quietHours: (field: Slot) => ReactNode;
  quietHoursFault: (value: QuietHours | null) => string | null;
}>;

/** In which zone somebody is told times, and when they are left in peace. */
export const PersonForm = ({ before, organisationZone, quietHours, quietHoursFault }: Props) => {
  const update = useUpdateMe();
  const form = useForm<Values>({ initialValues: before, validate: { quietHours: quietHoursFault } });
  const { values } = form;
  const send = ({ timeZone, quietHours: quiet }: Values): void =>
    update.mutate(
      {
        ...(timeZone === before.timeZone ? {} : { timeZone }),
        ...(quiet === before.quietHours ? {} : { quietHours: quiet }),
      },
      {
        onSuccess: () => {
          form.resetDirty();
          notifications.show({ message: 'Saved.' });
        },
        onError: (error) => error instanceof CallError && form.setErrors(error.fields),
      },
    );
  const told = values.timeZone ?? organisationZone;
  return (
    <form noValidate onSubmit={form.onSubmit(send)}>
      <Stack gap="md">
        <FormAlert error={update.error} />
        <ZoneSelect
          label="Your time zone"
          description={`Times are told in ${told}.`}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder={`As the organisation: ${organisationZone}`}
          clearable
          value={values.timeZone}
          error={form.errors.timeZone}
          onChange={(zone) => form.setFieldValue('timeZone', zone)}
        />
        {told === browserZone ? null : (
          <Group>
            <Button variant="light" size="compact-sm" onClick={() => form.setFieldValue('timeZone', browserZone)}>
              Use this browser’s: {browserZone}
            </Button>
          </Group>
        )}
        {quietHours({
          value: values.quietHours,
          onChange: (value) => form.setFieldValue('quietHours', value),
          description: 'For every channel you own; messages wait for their end.',
          error: typeof form.errors.quietHours === 'string' ? form.errors.quietHours : undefined,
        })}
        <Group justify="flex-end">
          <Button type="submit" loading={update.isPending} disabled={!form.isDirty()}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
