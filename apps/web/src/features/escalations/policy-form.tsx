import type { NewPolicy } from '@farwatch/contracts';
import { Button, Group, NumberInput, Stack, Switch, TagsInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { CallError } from '../../api/call-error.ts';
import { FormAlert } from '../../ui/form-alert.tsx';
import { LengthInput } from '../../ui/length-input.tsx';
import { Rows } from '../../ui/rows.tsx';
import styles from './escalations.module.css';
import { policySentences } from './policy-sentence.ts';
import { laterStep, type PolicyValues, policyBody, policyFaults } from './policy-values.ts';
import type { Reachable } from './slots.ts';
import { type PolicyForm as Form, StepFields } from './step-fields.tsx';

const maxSteps = 20;

/** What happens when nobody acknowledges, and while it stays open. */
const Again = ({ form }: { readonly form: Form }) => (
  <div className={styles.again}>
    <NumberInput
      label="Repeat until acknowledged"
      suffix={form.values.repeatTimes === 1 ? ' time' : ' times'}
      min={0}
      max={100}
      value={form.values.repeatTimes}
      error={form.errors.repeatTimes}
      onChange={(times) => form.setFieldValue('repeatTimes', Number(times))}
    />
    {form.values.repeatTimes === 0 ? null : (
      <LengthInput
        label="Every"
        value={form.values.repeatAfterMs}
        error={form.errors.repeatAfterMs}
        onChange={(ms) => form.setFieldValue('repeatAfterMs', ms)}
      />
    )}
    <Switch
      className={styles.wide}
      label="Remind while it is open"
      description="Whoever was told is told again."
      {...form.getInputProps('reminds', { type: 'checkbox' })}
    />
    {form.values.reminds ? (
      <LengthInput
        label="Remind every"
        value={form.values.remindEveryMs}
        error={form.errors.remindEveryMs}
        onChange={(ms) => form.setFieldValue('remindEveryMs', ms)}
      />
    ) : null}
  </div>
);

const For = ({ form }: { readonly form: Form }) => (
  <>
    <Switch
      label="The default"
      description="For every monitor that neither names a policy nor has the tag of one."
      {...form.getInputProps('isDefault', { type: 'checkbox' })}
    />
    <TagsInput
      label="Tags"
      description="Monitors with one of them use this policy."
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      maxTags={20}
      value={[...form.values.tags]}
      error={form.errors.tags}
      onChange={(tags) => form.setFieldValue('tags', tags)}
    />
  </>
);

const Sentences = ({ values, reachable }: { values: PolicyValues; reachable: Reachable }) => {
  const told = values.steps.every(({ targets }) => targets.every(({ who }) => who !== ''));
  return (
    <p className={styles.sentence} aria-live="polite">
      {told
        ? policySentences(policyBody(values), reachable).join(' ')
        : 'Choose whom to tell, and it is said here what will happen.'}
    </p>
  );
};

type Props = Readonly<{
  initialValues: PolicyValues;
  reachable: Reachable;
  busy: boolean;
  error: Error | null;
  aside?: ReactNode;
  onSave: (body: NewPolicy) => void;
  onCancel: () => void;
}>;

/** Who hears of an incident, when, and by what. */
export const PolicyForm = ({ initialValues, reachable, busy, error, aside, onSave, onCancel }: Props) => {
  const form = useForm<PolicyValues>({ initialValues, validate: policyFaults });
  const said = error instanceof CallError ? error.fields : {};
  return (
    <form noValidate onSubmit={form.onSubmit((values) => onSave(policyBody(values)))}>
      <Stack gap="lg">
        <FormAlert error={error}>
          {Object.values(said).join(' ')} {aside}
        </FormAlert>
        <TextInput label="Name" maxLength={200} {...form.getInputProps('name')} />
        <Stack gap="sm">
          <Rows of={form.values.steps}>
            {(_, step) => <StepFields form={form} step={step} reachable={reachable} />}
          </Rows>
          {form.values.steps.length >= maxSteps ? null : (
            <Group>
              <Button
                variant="default"
                size="sm"
                leftSection={<IconPlus size={15} aria-hidden />}
                onClick={() => form.insertListItem('steps', laterStep)}
              >
                Add a step
              </Button>
            </Group>
          )}
        </Stack>
        <Again form={form} />
        <For form={form} />
        <Sentences values={form.values} reachable={reachable} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={busy}>
            Save policy
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
