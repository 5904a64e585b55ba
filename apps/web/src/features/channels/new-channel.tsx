import { Alert, Button, Group, Modal, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { CallError, messageOf } from '../../api/call-error.ts';
import { Secret } from '../../ui/secret.tsx';
import { useCreateChannel } from './queries.ts';

type Kind = 'email' | 'webhook';
type FormProps = Readonly<{ onCreated: (secret: string | null) => void; onCancel: () => void }>;

const isAddress = (text: string): boolean =>
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(text) || /^[^\s@]+@localhost$/u.test(text);
const faultOf = (kind: Kind, where: string): string | null => {
  if (kind === 'email') return isAddress(where) ? null : 'This is not an e-mail address.';
  const url = URL.parse(where);
  return url !== null && /^https?:$/u.test(url.protocol) ? null : 'Enter an http:// or https:// URL.';
};

const Form = ({ onCreated, onCancel }: FormProps) => {
  const create = useCreateChannel();
  const form = useForm({
    initialValues: { kind: 'email' as Kind, where: '', name: '' },
    validate: { where: (where, { kind }) => faultOf(kind, where.trim()) },
  });
  const { kind } = form.values;
  const send = ({ where, name }: { where: string; name: string }): void => {
    const to = where.trim();
    create.mutate(
      { name: name.trim(), target: kind === 'email' ? { kind, address: to } : { kind, url: to } },
      {
        onSuccess: ({ signingSecret }) => onCreated(signingSecret),
        onError: (error) => {
          const field = error instanceof CallError ? (error.fields.address ?? error.fields.url) : undefined;
          if (field !== undefined) form.setFieldError('where', field);
        },
      },
    );
  };
  return (
    <form noValidate onSubmit={form.onSubmit(send)}>
      <Stack gap="md">
        {create.error === null || form.errors.where ? null : (
          <Alert color="red" role="alert">
            {messageOf(create.error)} Nothing was saved.
          </Alert>
        )}
        <SegmentedControl
          fullWidth
          aria-label="Kind of channel"
          data={[
            { value: 'email', label: 'E-mail' },
            { value: 'webhook', label: 'Webhook' },
          ]}
          {...form.getInputProps('kind')}
        />
        <TextInput
          label={kind === 'email' ? 'Address' : 'URL'}
          type={kind === 'email' ? 'email' : 'url'}
          description={kind === 'webhook' ? 'Gets a signed POST (Standard Webhooks) for every alert.' : undefined}
          data-autofocus
          {...form.getInputProps('where')}
        />
        <TextInput
          label="Name"
          placeholder={kind === 'email' ? 'As the address' : 'As the host'}
          {...form.getInputProps('name')}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Add channel
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

type Props = Readonly<{ opened: boolean; onClose: () => void }>;

/** Adds a channel; a webhook's signing secret is shown once, before the dialog closes. */
export const NewChannel = ({ opened, onClose }: Props) => {
  const [secret, setSecret] = useState<string | null>(null);
  const close = (): void => {
    onClose();
    setSecret(null);
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={secret === null ? 'Add a channel' : 'The signing secret'}
      closeOnClickOutside={secret === null}
      centered
    >
      {secret === null ? (
        <Form onCancel={close} onCreated={(made) => (made === null ? close() : setSecret(made))} />
      ) : (
        <Stack gap="md">
          <Text size="sm">Your receiver checks Farwatch’s calls with it. Copy it now: it is not shown again.</Text>
          <Secret label="Signing secret" value={secret} />
          <Group justify="flex-end">
            <Button onClick={close}>I have kept it</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
};
