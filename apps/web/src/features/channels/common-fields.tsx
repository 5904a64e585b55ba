import { t } from '@lingui/core/macro';
import { Select, TextInput } from '@mantine/core';
import type { ChannelForm } from './kinds/kind-form.ts';
import type { ChannelSlots } from './slots.ts';

type Props = Readonly<{ form: ChannelForm; slots: ChannelSlots; namePlaceholder?: string; channelId?: string }>;

/** What every channel has, whatever its kind. */
export const CommonFields = ({ form, slots, namePlaceholder, channelId }: Props) => {
  const { error } = form.getInputProps('quietHours');
  return (
    <>
      <TextInput label={t`Name`} placeholder={namePlaceholder} maxLength={200} {...form.getInputProps('name')} />
      <Select
        label={t`Owner`}
        description={t`Whoever escalation tells in person is told by the channels they own.`}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        placeholder={t`The organisation`}
        clearable
        clearButtonProps={{ 'aria-label': t`Give it to the organisation` }}
        data={slots.people}
        {...form.getInputProps('accountId')}
      />
      {slots.quietHours({
        value: form.values.quietHours,
        onChange: (value) => form.setFieldValue('quietHours', value),
        description: t`This channel’s own; messages wait for their end.`,
        error: typeof error === 'string' ? error : undefined,
        channelId,
        saved: form.getInitialValues().quietHours,
      })}
    </>
  );
};
