import type { BodyOf, ChannelView, updateChannel } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Stack, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { FormAlert } from '../../ui/form-alert.tsx';
import { FormEnds } from '../../ui/form-ends.tsx';
import { FormModal } from '../../ui/form-modal.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { Loaded, Overtaken } from '../../ui/loaded.tsx';
import { Secret } from '../../ui/secret.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import { useUnsaved } from '../../ui/use-unsaved.ts';
import { type ChannelValues, targetOf, valuesOfChannel } from './channel-values.ts';
import { CommonFields } from './common-fields.tsx';
import { TargetFields } from './kinds/target-fields.tsx';
import { channelSettingsQuery, useTestChannel, useUpdateChannel } from './queries.ts';
import type { ChannelSlots } from './slots.ts';
import { TestButton, TestResult } from './test-button.tsx';
import { showFaults, unplaced, useChannelForm } from './use-channel-form.ts';

/** Only what was changed: what a colleague changed meanwhile elsewhere stays. */
const patchOf = (before: ChannelView, values: ChannelValues, targeted: boolean): BodyOf<typeof updateChannel> => ({
  ...(values.name.trim() === '' || values.name.trim() === before.name ? {} : { name: values.name.trim() }),
  ...(values.accountId === before.accountId ? {} : { accountId: values.accountId }),
  ...(values.quietHours === before.quietHours ? {} : { quietHours: values.quietHours }),
  ...(targeted ? { target: targetOf(before.kind, values, before) } : {}),
});

type FormProps = Readonly<{
  channel: ChannelView;
  etag: string | null;
  slots: ChannelSlots;
  /** Whether it is opened to point it elsewhere. */
  retarget: boolean;
  onClose: () => void;
  onReload: () => void;
}>;

/** The form, its saving and its test. */
const useEditing = ({ channel, etag, slots, onClose }: FormProps, targeted: boolean) => {
  const update = useUpdateChannel(channel.id);
  const test = useTestChannel();
  const { kind } = channel;
  const form = useChannelForm({ kind, initialValues: valuesOfChannel(channel), slots, targeted, edited: true });
  const { unsaved, saved } = useUnsaved(form.values);
  const done = (): void => {
    saved();
    onClose();
  };
  const onError = (error: Error): void => showFaults(form, error);
  const send = (values: ChannelValues): void => {
    const body = patchOf(channel, values, targeted);
    if (Object.keys(body).length === 0) done();
    else update.mutate({ body, etag }, { onSuccess: done, onError });
  };
  const sendTest = (): void => {
    if (!targeted) test.mutate({ kind: 'saved', channelId: channel.id });
    else if (!form.validate().hasErrors)
      test.mutate({ kind: 'target', target: targetOf(kind, form.values, channel), changes: channel.id }, { onError });
  };
  return { form, update, test, unsaved, send, sendTest };
};

/** Where it goes as it is saved. */
const Present = ({ channel }: Pick<FormProps, 'channel'>) => {
  const headers = channel.headerNames.join(', ');
  return (
    <>
      <Text size="sm">
        <Trans>Goes to</Trans> <b>{channel.target}</b>
        {headers === '' ? null : t`, with the headers ${headers}`}
      </Text>
      {channel.interactionUrl === null ? null : (
        <Secret label={t`Request URL for the buttons`} value={channel.interactionUrl} />
      )}
    </>
  );
};

const Form = (props: FormProps) => {
  const { channel, slots, retarget, onClose, onReload } = props;
  const [targeted, setTargeted] = useState(retarget);
  const { form, update, test, unsaved, send, sendTest } = useEditing(props, targeted);
  const { kind } = channel;
  return (
    <form noValidate onSubmit={form.onSubmit(send)}>
      <LeaveGuard unsaved={unsaved} />
      <Stack gap="md">
        <FormAlert error={unplaced(form, update.error)}>
          <Overtaken error={update.error} onReload={onReload} />
        </FormAlert>
        <FormAlert error={unplaced(form, test.error)} kept={t`No test was sent.`} />
        <CommonFields form={form} slots={slots} channelId={channel.id} />
        <Present channel={channel} />
        {kind === 'telegram' ? null : (
          <Switch
            label={t`Change where it goes`}
            checked={targeted}
            onChange={({ currentTarget }) => setTargeted(currentTarget.checked)}
          />
        )}
        {targeted ? <TargetFields kind={kind} form={form} edited /> : null}
        <TestResult test={test} outcome={slots.outcome} quiet />
        <FormEnds onCancel={onClose} busy={update.isPending} between={<TestButton test={test} onTest={sendTest} />}>
          <Trans>Save</Trans>
        </FormEnds>
      </Stack>
    </form>
  );
};

type ExistingProps = Readonly<{ channelId: string }> & Pick<FormProps, 'slots' | 'retarget' | 'onClose'>;
const Existing = ({ channelId, ...rest }: ExistingProps) => (
  <Loaded
    query={useQuery(channelSettingsQuery(channelId))}
    failed={t`The channel could not be loaded`}
    waiting={<Skeletons rows={5} height={84} label={t`Loading the channel`} />}
  >
    {({ data, etag }, onReload) => <Form channel={data} {...{ ...rest, etag, onReload }} />}
  </Loaded>
);

type Props = Readonly<{ channel: ChannelView; retarget?: boolean; onClose: () => void; slots: ChannelSlots }>;

/** A channel's name, owner, quiet hours, and where it goes. */
export const EditChannel = ({ channel, retarget = false, onClose, slots }: Props) => (
  <FormModal onClose={onClose} size="lg" title={channel.name}>
    {(close) => <Existing channelId={channel.id} slots={slots} retarget={retarget} onClose={close} />}
  </FormModal>
);
