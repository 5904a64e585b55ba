import type { Clock, QuietHours } from '@farwatch/contracts';
import { i18n } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Radio, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { CallError } from '../../api/call-error.ts';
import { FormAlert } from '../../ui/form-alert.tsx';
import { browserZone } from '../../ui/zone.ts';
import { ZoneSelect } from '../../ui/zone-select.tsx';
import { useUpdateMe } from './settings-queries.ts';

type Values = Readonly<{ name: string; clock: Clock; timeZone: string | null; quietHours: QuietHours | null }>;
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

const clocks = [
  { value: 'auto', label: msg`As the browser has it` },
  { value: '24h', label: msg`14:02` },
  { value: '12h', label: msg`2:02 PM` },
] as const;

/** What somebody is called, in which zone and on which clock they are told times, and when they are left in peace. */
export const PersonForm = ({ before, organisationZone, quietHours, quietHoursFault }: Props) => {
  const update = useUpdateMe();
  const form = useForm<Values>({
    initialValues: before,
    validate: {
      name: (name) => (name.trim() === '' ? t`Between 1 and 100 characters.` : null),
      quietHours: quietHoursFault,
    },
  });
  const { values } = form;
  const send = ({ name, clock, timeZone, quietHours: quiet }: Values): void =>
    update.mutate(
      {
        ...(name.trim() === before.name ? {} : { name: name.trim() }),
        ...(clock === before.clock ? {} : { clock }),
        ...(timeZone === before.timeZone ? {} : { timeZone }),
        ...(quiet === before.quietHours ? {} : { quietHours: quiet }),
      },
      {
        onSuccess: () => {
          form.resetDirty();
          notifications.show({ message: t`Saved.` });
        },
        onError: (error) => error instanceof CallError && form.setErrors(error.fields),
      },
    );
  const told = values.timeZone ?? organisationZone;
  return (
    <form noValidate onSubmit={form.onSubmit(send)}>
      <Stack gap="md">
        <FormAlert error={update.error} />
        <TextInput label={t`Your name`} autoComplete="name" maxLength={100} {...form.getInputProps('name')} />
        <ZoneSelect
          label={t`Your time zone`}
          description={t`Times are told in ${told}.`}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder={t`As the organisation: ${organisationZone}`}
          clearable
          value={values.timeZone}
          error={form.errors.timeZone}
          onChange={(zone) => form.setFieldValue('timeZone', zone)}
        />
        {told === browserZone ? null : (
          <Group>
            <Button variant="light" size="compact-sm" onClick={() => form.setFieldValue('timeZone', browserZone)}>
              <Trans>Use this browser’s: {browserZone}</Trans>
            </Button>
          </Group>
        )}
        <Radio.Group label={t`Clock`} {...form.getInputProps('clock')}>
          <Group mt="xs">
            {clocks.map(({ value, label }) => (
              <Radio key={value} value={value} label={i18n.t(label)} />
            ))}
          </Group>
        </Radio.Group>
        {quietHours({
          value: values.quietHours,
          onChange: (value) => form.setFieldValue('quietHours', value),
          description: t`For every channel you own; messages wait for their end.`,
          error: typeof form.errors.quietHours === 'string' ? form.errors.quietHours : undefined,
        })}
        <Group justify="flex-end">
          <Button type="submit" loading={update.isPending} disabled={!form.isDirty()}>
            <Trans>Save</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
