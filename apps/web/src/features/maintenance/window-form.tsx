import type { AlertChange, NewMaintenanceWindow } from '@farwatch/contracts';
import { i18n } from '@lingui/core';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Checkbox, MultiSelect, Select, Stack, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type ReactNode, useEffect } from 'react';
import { CallError } from '../../api/call-error.ts';
import type { Choice } from '../../ui/choice.ts';
import { FormAlert } from '../../ui/form-alert.tsx';
import { FormEnds } from '../../ui/form-ends.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { useUnsaved } from '../../ui/use-unsaved.ts';
import { NextTimes } from './next-times.tsx';
import { type WindowForm as Form, WhenFields } from './when-fields.tsx';
import { bodyOf, faultsOf, isScope, scopes, type WindowValues, whenFaults } from './window-values.ts';

/** What it is offered for. */
export type WindowChoices = Readonly<{ monitors: readonly Choice[]; tags: readonly string[] }>;
/** What a change of the alerting rules would have told; drawn by the page. */
export type AlertPreviewSlot = (change: AlertChange | null) => ReactNode;

const ScopeFields = ({ form, choices: { monitors, tags } }: Readonly<{ form: Form; choices: WindowChoices }>) => {
  const isGone = (id: string): boolean => monitors.every(({ value }) => value !== id);
  return (
    <>
      <Select
        label={t`For`}
        allowDeselect={false}
        data={Object.entries(scopes).map(([value, word]) => ({ value, label: i18n.t(word) }))}
        value={form.values.scope}
        onChange={(next) => isScope(next) && form.setFieldValue('scope', next)}
      />
      {form.values.scope === 'tags' ? (
        <TagsInput label={t`Tags`} data={tags} maxTags={20} {...form.getInputProps('tags')} />
      ) : null}
      {form.values.scope === 'monitors' ? (
        <MultiSelect
          label={t`Monitors`}
          searchable
          data={[
            ...monitors,
            ...form.values.monitorIds.filter(isGone).map((value) => ({ value, label: t`a deleted monitor` })),
          ]}
          {...form.getInputProps('monitorIds')}
        />
      ) : null}
    </>
  );
};

type Props = Readonly<{
  windowId: string | null;
  initialValues: WindowValues;
  choices: WindowChoices;
  preview: AlertPreviewSlot;
  busy: boolean;
  error: Error | null;
  aside?: ReactNode;
  /** `then` is to be called once it is saved. */
  onSave: (body: NewMaintenanceWindow, then: () => void) => void;
  onClose: () => void;
}>;

/** A window as it is set: when, for which monitors, and what its time is for uptime. */
export const WindowForm = (props: Props) => {
  const { windowId, initialValues, choices, preview, busy, error, aside, onSave, onClose } = props;
  const form = useForm<WindowValues>({ initialValues, validate: faultsOf });
  const { unsaved, saved } = useUnsaved(form.values);
  const done = (): void => {
    saved();
    onClose();
  };
  const { setErrors } = form;
  useEffect(() => {
    if (error instanceof CallError) setErrors(error.fields);
  }, [error, setErrors]);
  const { values } = form;
  const { startsAt, timeZone, durationMs, rule = null } = bodyOf(values);
  const timed = Object.keys(whenFaults(values)).length === 0 ? { startsAt, timeZone, durationMs, rule } : null;
  const change: AlertChange | null =
    Object.keys(faultsOf(values)).length === 0
      ? { kind: 'maintenance-window', windowId, window: bodyOf(values) }
      : null;
  return (
    <form noValidate onSubmit={form.onSubmit((sent) => onSave(bodyOf(sent), done))}>
      <LeaveGuard unsaved={unsaved} />
      <Stack gap="md">
        <FormAlert error={error}>{aside}</FormAlert>
        <TextInput label={t`Name`} placeholder={t`Weekly updates`} data-autofocus {...form.getInputProps('name')} />
        <WhenFields form={form} />
        <NextTimes times={timed} />
        <ScopeFields form={form} choices={choices} />
        <Checkbox
          label={t`Count the time for uptime as it was`}
          description={t`Else uptime leaves it out`}
          {...form.getInputProps('counts', { type: 'checkbox' })}
        />
        <Textarea label={t`Note`} autosize minRows={2} maxRows={8} maxLength={2_000} {...form.getInputProps('note')} />
        {preview(change)}
        <FormEnds onCancel={onClose} busy={busy}>
          {windowId === null ? <Trans>Plan it</Trans> : <Trans>Save window</Trans>}
        </FormEnds>
      </Stack>
    </form>
  );
};
