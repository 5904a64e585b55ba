import type { AlertChange, NewPolicy } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Stack, Switch, TagsInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { CallError } from '../../api/call-error.ts';
import { FormAlert } from '../../ui/form-alert.tsx';
import { FormEnds } from '../../ui/form-ends.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { useUnsaved } from '../../ui/use-unsaved.ts';
import styles from './editor.module.css';
import { LadderEditor } from './ladder-editor.tsx';
import { type PolicyValues, policyBody, policyFaults } from './policy-values.ts';
import { serverFaults } from './server-faults.ts';
import type { PolicySlots } from './slots.ts';
import { type PolicyForm as Form, useSteps } from './use-steps.ts';

const ForFields = ({ form }: { readonly form: Form }) => (
  <>
    <h3 className={styles.partTitle}>
      <Trans>For these monitors</Trans>
    </h3>
    <Switch
      label={t`The default`}
      description={t`For every monitor that neither names a policy nor has the tag of one.`}
      {...form.getInputProps('isDefault', { type: 'checkbox' })}
    />
    <TagsInput
      label={t`Tags`}
      description={t`Monitors with one of them use this policy.`}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      maxTags={20}
      value={[...form.values.tags]}
      error={form.errors.tags}
      onChange={(tags) => form.setFieldValue('tags', tags)}
    />
  </>
);

/** What would be saved; null while it could not be. */
const changeOf = (policyId: string | null, values: PolicyValues): AlertChange | null =>
  Object.keys(policyFaults(values)).length > 0
    ? null
    : { kind: 'escalation-policy', policyId, policy: policyBody(values) };

/** What follows once it is saved, or could not be. */
export type Saving = Readonly<{
  onSuccess: () => void;
  onError: (error: Error) => void;
}>;
type Props = Pick<PolicySlots, 'reachable' | 'preview'> &
  Readonly<{
    /** Null for a new one. */
    policyId: string | null;
    title: string;
    initialValues: PolicyValues;
    busy: boolean;
    error: Error | null;
    /** Stands in place of the error where somebody else was faster. */
    conflict?: ((saveMine: (etag: string | null) => void, saveAnew: () => void) => ReactNode) | undefined;
    onSave: (body: NewPolicy, saving: Saving, over?: Readonly<{ etag: string | null; anew?: boolean }>) => void;
    onDone: () => void;
  }>;

/** The form, what follows its saving, and whether something would be lost by leaving it. */
const usePolicyForm = ({ policyId, initialValues, onDone }: Props) => {
  const form = useForm<PolicyValues>({ initialValues, validate: policyFaults });
  const steps = useSteps(form);
  const { unsaved, saved } = useUnsaved(policyBody(form.values));
  const saving: Saving = {
    onSuccess: () => {
      saved();
      onDone();
    },
    onError: (problem) => {
      if (!(problem instanceof CallError)) return;
      form.setErrors(serverFaults(problem).placed);
      steps.focusFault();
    },
  };
  const change = useMemo(() => changeOf(policyId, form.values), [policyId, form.values]);
  return { form, steps, saving, unsaved, change };
};

const Heading = ({ children }: { readonly children: string }) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []); // what was pressed to come here is gone
  return (
    <h2 ref={heading} className={styles.title} tabIndex={-1}>
      {children}
    </h2>
  );
};

/** Who hears of an incident, when, and by what: the ladder itself, written in place. */
export const PolicyForm = (props: Props) => {
  const { title, reachable, busy, error, conflict, preview, onSave, onDone } = props;
  const { form, steps, saving, unsaved, change } = usePolicyForm(props);
  const send = (over?: Readonly<{ etag: string | null; anew?: boolean }>): void =>
    onSave(policyBody(form.values), saving, over);
  const unplaced = error instanceof CallError ? serverFaults(error).rest.join(' ') : null;
  return (
    <form ref={steps.root} noValidate aria-label={title} onSubmit={form.onSubmit(() => send(), steps.focusFault)}>
      <LeaveGuard unsaved={unsaved} />
      <Stack gap="lg">
        <Heading>{title}</Heading>
        {conflict?.(
          (etag) => send({ etag }),
          () => send({ etag: null, anew: true }),
        ) ?? <FormAlert error={error}>{unplaced}</FormAlert>}
        <div className={styles.columns}>
          <Stack gap="lg" miw={0}>
            <TextInput label={t`Name`} maxLength={200} {...form.getInputProps('name')} />
            <LadderEditor form={form} steps={steps} reachable={reachable} />
          </Stack>
          <Stack gap="lg" miw={0} className={styles.aside ?? ''}>
            <ForFields form={form} />
            {preview(change)}
          </Stack>
        </div>
        <FormEnds onCancel={onDone} busy={busy}>
          <Trans>Save policy</Trans>
        </FormEnds>
      </Stack>
    </form>
  );
};
