import { Button, Checkbox, Group, Modal, MultiSelect, Select, Stack, TagsInput, TextInput } from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { CallError } from '../../api/call-error.ts';
import type { Choice } from '../../ui/choice.ts';
import { FormAlert } from '../../ui/form-alert.tsx';
import { LengthInput } from '../../ui/length-input.tsx';
import { useZone } from '../../ui/zone.ts';
import { ZoneSelect } from '../../ui/zone-select.tsx';
import { useCreateWindow } from './queries.ts';
import { bodyOf, faultsOf, isRepeat, isScope, newValues, repeats, scopes, type WindowValues } from './window-values.ts';

const repeatChoices = Object.entries(repeats).map(([value, { label }]) => ({ value, label }));

const scopeChoices = Object.entries(scopes).map(([value, label]) => ({ value, label }));

/** What it is offered for. */
export type WindowChoices = Readonly<{ monitors: readonly Choice[]; tags: readonly string[] }>;
type ScopeProps = Readonly<{ form: UseFormReturnType<WindowValues>; choices: WindowChoices }>;

const ScopeFields = ({ form, choices: { monitors, tags } }: ScopeProps) => (
  <>
    <Select
      label="For"
      allowDeselect={false}
      data={scopeChoices}
      value={form.values.scope}
      onChange={(next) => isScope(next) && form.setFieldValue('scope', next)}
    />
    {form.values.scope === 'tags' ? (
      <TagsInput label="Tags" data={tags} maxTags={20} {...form.getInputProps('tags')} />
    ) : null}
    {form.values.scope === 'monitors' ? (
      <MultiSelect label="Monitors" searchable data={monitors} {...form.getInputProps('monitorIds')} />
    ) : null}
  </>
);

type FormProps = Readonly<{ choices: WindowChoices; onDone: () => void }>;

const Form = ({ choices, onDone }: FormProps) => {
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
          data={repeatChoices}
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
        <ScopeFields form={form} choices={choices} />
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

type Props = Readonly<{ opened: boolean; choices: WindowChoices; onClose: () => void }>;

/** Plans work: once, or again and again. */
export const NewWindow = ({ opened, choices, onClose }: Props) => (
  <Modal opened={opened} onClose={onClose} title="Plan maintenance" centered>
    <Form choices={choices} onDone={onClose} />
  </Modal>
);
