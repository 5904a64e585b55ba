import { Button, Checkbox, Group, Modal, Select, Stack, TagsInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { CallError } from '../../api/call-error.ts';
import { FormAlert } from '../../ui/form-alert.tsx';
import { LengthInput } from '../../ui/length-input.tsx';
import { useZone } from '../../ui/zone.ts';
import { ZoneSelect } from '../../ui/zone-select.tsx';
import { useCreateWindow } from './queries.ts';
import { bodyOf, faultsOf, isRepeat, newValues, repeats, type WindowValues } from './window-values.ts';

const choices = Object.entries(repeats).map(([value, { label }]) => ({ value, label }));

const Form = ({ onDone }: { readonly onDone: () => void }) => {
  const create = useCreateWindow();
  const zone = useZone();
  const form = useForm<WindowValues>({ initialValues: newValues(zone), validate: faultsOf });
  const send = (values: WindowValues): void =>
    create.mutate(bodyOf(values), {
      onSuccess: onDone,
      onError: (error) => error instanceof CallError && form.setErrors(error.fields),
    });
  return (
    <form noValidate onSubmit={form.onSubmit(send)}>
      <Stack gap="md">
        <FormAlert error={create.error} />
        <TextInput label="Name" placeholder="Weekly updates" data-autofocus {...form.getInputProps('name')} />
        <TextInput label="Begins" type="datetime-local" {...form.getInputProps('startsAt')} />
        <ZoneSelect
          label="Time zone"
          value={form.values.timeZone}
          error={form.errors.timeZone}
          onChange={(next) => form.setFieldValue('timeZone', next ?? zone)}
        />
        <LengthInput
          label="Lasts"
          value={form.values.durationMs}
          error={form.errors.durationMs}
          onChange={(ms) => form.setFieldValue('durationMs', ms)}
        />
        <Select
          label="Repeats"
          allowDeselect={false}
          data={choices}
          value={form.values.repeat}
          onChange={(next) => isRepeat(next) && form.setFieldValue('repeat', next)}
        />
        {form.values.repeat === 'own' ? (
          <TextInput
            label="Rule"
            description="RFC 5545, hourly at the most"
            placeholder="FREQ=MONTHLY;BYDAY=+2TU"
            {...form.getInputProps('rule')}
          />
        ) : null}
        <TagsInput label="Monitors with these tags" description="None: every monitor" {...form.getInputProps('tags')} />
        <Checkbox
          label="Count the time for uptime as it was"
          description="Else uptime leaves it out"
          {...form.getInputProps('counts', { type: 'checkbox' })}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Plan it
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

type Props = Readonly<{ opened: boolean; onClose: () => void }>;

/** Plans work: once, or again and again. */
export const NewWindow = ({ opened, onClose }: Props) => (
  <Modal opened={opened} onClose={onClose} title="Plan maintenance" centered>
    <Form onDone={onClose} />
  </Modal>
);
