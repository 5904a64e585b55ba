import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, NumberInput, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { CallError } from '../../api/call-error.ts';
import { FormAlert } from '../../ui/form-alert.tsx';
import { ZoneSelect } from '../../ui/zone-select.tsx';
import { useUpdateOrganisation } from './settings-queries.ts';

type Values = Readonly<{ name: string; timeZone: string; weeklyReport: boolean; logDays: number }>;
type Props = Readonly<{ before: Values; owner: boolean }>;

/** What holds for everybody; only its owner changes it. */
export const OrganisationForm = ({ before, owner }: Props) => {
  const update = useUpdateOrganisation();
  const form = useForm<Values>({
    initialValues: {
      name: before.name,
      timeZone: before.timeZone,
      weeklyReport: before.weeklyReport,
      logDays: before.logDays,
    },
    validate: {
      name: (name) => (name.trim() === '' || name.length > 100 ? t`Between 1 and 100 characters.` : null),
      logDays: (days) => (Number.isInteger(days) && days >= 1 && days <= 400 ? null : t`Between 1 and 400 days.`),
    },
  });
  const send = ({ name, timeZone, weeklyReport, logDays }: Values): void =>
    update.mutate(
      {
        ...(name.trim() === before.name ? {} : { name: name.trim() }),
        ...(timeZone === before.timeZone ? {} : { timeZone }),
        ...(weeklyReport === before.weeklyReport ? {} : { weeklyReport }),
        ...(logDays === before.logDays ? {} : { logDays }),
      },
      {
        onSuccess: () => {
          form.resetDirty();
          notifications.show({ message: t`Saved.` });
        },
        onError: (error) => error instanceof CallError && form.setErrors(error.fields),
      },
    );
  return (
    <form noValidate onSubmit={form.onSubmit(send)}>
      <Stack gap="md">
        <FormAlert error={update.error} />
        {owner ? null : (
          <Text size="sm">
            <Trans>Only an owner of the organisation can change this.</Trans>
          </Text>
        )}
        <TextInput label={t`Name`} maxLength={100} disabled={!owner} {...form.getInputProps('name')} />
        <ZoneSelect
          label={t`The organisation’s time zone`}
          description={t`For messages to channels that nobody owns, for the weekly report, and for whoever has set none.`}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          disabled={!owner}
          value={form.values.timeZone}
          error={form.errors.timeZone}
          onChange={(zone) => zone !== null && form.setFieldValue('timeZone', zone)}
        />
        <Switch
          label={t`Weekly report`}
          description={t`By mail, once a week: what was down, for how long, and what was well.`}
          disabled={!owner}
          {...form.getInputProps('weeklyReport', { type: 'checkbox' })}
        />
        <NumberInput
          label={t`Keep the response log for`}
          description={t`Whole days. Older ones are shown no more; uptime and response times stay.`}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          suffix={t` days`}
          min={1}
          max={400}
          allowDecimal={false}
          disabled={!owner}
          {...form.getInputProps('logDays')}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={update.isPending} disabled={!owner || !form.isDirty()}>
            <Trans>Save organisation</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
