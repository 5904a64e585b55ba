import type { ChannelKind, createChannel, ReplyOf } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Stack } from '@mantine/core';
import { Advanced } from '../../ui/advanced.tsx';
import { FormAlert } from '../../ui/form-alert.tsx';
import { FormEnds } from '../../ui/form-ends.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { useUnsaved } from '../../ui/use-unsaved.ts';
import { type ChannelValues, freshChannel, newChannelBody, targetOf } from './channel-values.ts';
import { CommonFields } from './common-fields.tsx';
import { TargetFields } from './kinds/target-fields.tsx';
import { useCreateChannel, useTestChannel } from './queries.ts';
import type { ChannelSlots } from './slots.ts';
import { TestButton, TestResult } from './test-button.tsx';
import { showFaults, unplaced, useChannelForm } from './use-channel-form.ts';

export type CreatedChannel = ReplyOf<typeof createChannel>;
type Props = Readonly<{
  kind: ChannelKind;
  slots: ChannelSlots;
  onCreated: (channel: CreatedChannel) => void;
  onCancel: () => void;
}>;

const namePlaceholder = (kind: ChannelKind): string =>
  kind === 'email' ? t`As the address` : kind === 'webhook' ? t`As the host` : t`Left to us`;

/** One kind's form: where it goes, a test of it, and what every channel has. */
export const NewChannelForm = ({ kind, slots, onCreated, onCancel }: Props) => {
  const create = useCreateChannel();
  const test = useTestChannel();
  const form = useChannelForm({ kind, initialValues: freshChannel, slots, targeted: true, edited: false });
  const { unsaved, saved } = useUnsaved(form.values);
  const created = (channel: CreatedChannel): void => {
    saved();
    onCreated(channel);
  };
  const onError = (error: Error): void => showFaults(form, error);
  const send = (values: ChannelValues): void =>
    create.mutate(newChannelBody(kind, values), { onSuccess: created, onError });
  const sendTest = (): void => {
    if (form.validate().hasErrors) return;
    test.mutate({ kind: 'target', target: targetOf(kind, form.values), changes: null }, { onError });
  };
  return (
    <form noValidate onSubmit={form.onSubmit(send)}>
      {/* A webhook's secret that is on its way would be shown to nobody. */}
      <LeaveGuard unsaved={unsaved} losing={create.isPending && kind === 'webhook' ? 'secret' : 'changes'} />
      <Stack gap="md">
        <FormAlert error={unplaced(form, create.error)} />
        <FormAlert error={unplaced(form, test.error)} kept={t`No test was sent.`} />
        <TargetFields kind={kind} form={form} edited={false} />
        <Advanced
          label={t`Name, owner and quiet hours`}
          fault={['name', 'accountId', 'quietHours'].some((field) => field in form.errors)}
        >
          <CommonFields form={form} slots={slots} namePlaceholder={namePlaceholder(kind)} />
        </Advanced>
        <TestResult test={test} outcome={slots.outcome} quiet />
        <FormEnds
          onCancel={onCancel}
          busy={create.isPending}
          between={kind === 'telegram' ? null : <TestButton test={test} onTest={sendTest} />}
        >
          {kind === 'telegram' ? t`Add and link` : t`Add channel`}
        </FormEnds>
      </Stack>
    </form>
  );
};
