import type { ApiKeyView } from '@farwatch/contracts';
import { Alert, Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { messageOf } from '../../api/call-error.ts';
import { Secret } from '../../ui/secret.tsx';
import { useCreateApiKey } from './queries.ts';

type Values = { name: string; scope: ApiKeyView['scope'] };
type Create = ReturnType<typeof useCreateApiKey>;

const Form = ({ create, onCancel }: { readonly create: Create; readonly onCancel: () => void }) => {
  const form = useForm<Values>({
    initialValues: { name: '', scope: 'read' },
    validate: { name: isNotEmpty('A name tells keys apart.') },
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => create.mutate(values))}>
      <Stack gap="md">
        {create.error === null ? null : (
          <Alert color="red" role="alert">
            {messageOf(create.error)} No key was made.
          </Alert>
        )}
        <TextInput
          label="Name"
          placeholder="Deploy script"
          maxLength={100}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Radio.Group label="What it may do" {...form.getInputProps('scope')}>
          <Stack gap="xs" mt={6}>
            <Radio value="read" label="Read" description="Sees monitors, results, incidents and deliveries" />
            <Radio
              value="write"
              label="Read and write"
              description="Also makes, changes and deletes monitors and channels"
            />
          </Stack>
        </Radio.Group>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Make key
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

type Props = Readonly<{ opened: boolean; onClose: () => void }>;

/** Makes a key and shows it this once. */
export const NewApiKey = ({ opened, onClose }: Props) => {
  const create = useCreateApiKey();
  const close = (): void => {
    onClose();
    create.reset();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={create.data === undefined ? 'Make an API key' : create.data.name}
      closeOnClickOutside={create.data === undefined}
      centered
    >
      {create.data === undefined ? (
        <Form create={create} onCancel={close} />
      ) : (
        <Stack gap="md">
          <Text size="sm">Copy the key now: only its hash is kept, so it is not shown again.</Text>
          <Secret label="API key" value={create.data.key} />
          <Group justify="flex-end">
            <Button onClick={close}>I have kept it</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
};
