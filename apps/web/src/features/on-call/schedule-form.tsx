import type { NewSchedule } from '@farwatch/contracts';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { CallError } from '../../api/call-error.ts';
import type { Choice } from '../../ui/choice.ts';
import { FormAlert } from '../../ui/form-alert.tsx';
import { ZoneName } from '../../ui/instant.tsx';
import { Rows } from '../../ui/rows.tsx';
import { useZone } from '../../ui/zone.ts';
import { OverrideFields } from './override-fields.tsx';
import { type ScheduleForm as Form, RotationFields } from './rotation-fields.tsx';
import { freshOverride, freshRotation, type ScheduleValues, scheduleBody, scheduleFaults } from './schedule-values.ts';

type Parts = Readonly<{ form: Form; people: readonly Choice[] }>;
const maxRotations = 10;
const maxOverrides = 200;

const Add = ({ children, onClick }: { readonly children: string; readonly onClick: () => void }) => (
  <Group>
    <Button variant="default" size="sm" leftSection={<IconPlus size={15} aria-hidden />} onClick={onClick}>
      {children}
    </Button>
  </Group>
);

const Rotations = ({ form, people }: Parts) => {
  const zone = useZone();
  const { rotations } = form.values;
  return (
    <Stack gap="sm">
      {rotations.length > 1 ? <Text size="sm">The first rotation that has somebody decides.</Text> : null}
      <Rows of={rotations}>{(_, at) => <RotationFields form={form} at={at} people={people} />}</Rows>
      {rotations.length >= maxRotations ? null : (
        <Add onClick={() => form.insertListItem('rotations', freshRotation(zone, Date.now()))}>Add a rotation</Add>
      )}
    </Stack>
  );
};

const Overrides = ({ form, people }: Parts) => {
  const zone = useZone();
  const { overrides } = form.values;
  return (
    <Stack gap="sm" role="group" aria-label="Overrides">
      <div>
        <Text fw={550}>Overrides</Text>
        <Text size="sm" c="dimmed">
          Somebody steps in for a while, whoever’s turn it is. Times in <ZoneName />.
        </Text>
      </div>
      <Rows of={overrides}>{(_, at) => <OverrideFields form={form} at={at} people={people} />}</Rows>
      {overrides.length >= maxOverrides ? null : (
        <Add onClick={() => form.insertListItem('overrides', freshOverride(zone, Date.now()))}>Add an override</Add>
      )}
    </Stack>
  );
};

type Props = Readonly<{
  initialValues: ScheduleValues;
  people: readonly Choice[];
  busy: boolean;
  error: Error | null;
  aside?: ReactNode;
  onSave: (body: NewSchedule) => void;
  onCancel: () => void;
}>;

/** Who is on call when. */
export const ScheduleForm = ({ initialValues, people, busy, error, aside, onSave, onCancel }: Props) => {
  const zone = useZone();
  const form = useForm<ScheduleValues>({ initialValues, validate: scheduleFaults });
  const said = error instanceof CallError ? error.fields : {};
  return (
    <form noValidate onSubmit={form.onSubmit((values) => onSave(scheduleBody(values, zone)))}>
      <Stack gap="lg">
        <FormAlert error={error}>
          {Object.values(said).join(' ')} {aside}
        </FormAlert>
        <TextInput label="Name" maxLength={200} {...form.getInputProps('name')} />
        <Rotations form={form} people={people} />
        <Overrides form={form} people={people} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={busy}>
            Save schedule
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
