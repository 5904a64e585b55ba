import type { ApiKeyView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Alert, Radio, Stack, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { messageOf } from '../../api/call-error.ts';
import { FormEnds } from '../../ui/form-ends.tsx';
import { FormModal } from '../../ui/form-modal.tsx';
import { KeepSecret } from '../../ui/keep-secret.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { useCreateApiKey } from './queries.ts';

type Values = { name: string; scope: ApiKeyView['scope'] };
type Create = ReturnType<typeof useCreateApiKey>;

const Form = ({ create, onCancel }: { readonly create: Create; readonly onCancel: () => void }) => {
  const form = useForm<Values>({
    initialValues: { name: '', scope: 'read' },
    validate: { name: (name) => isNotEmpty(t`A name tells keys apart.`)(name) },
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => create.mutate(values))}>
      {/* The key that is on its way would be shown to nobody. */}
      <LeaveGuard unsaved={() => create.isPending || form.isDirty()} losing={create.isPending ? 'secret' : 'changes'} />
      <Stack gap="md">
        {create.error === null ? null : (
          <Alert color="red" role="alert">
            {messageOf(create.error)} <Trans>No key was made.</Trans>
          </Alert>
        )}
        <TextInput
          label={t`Name`}
          placeholder={t`Deploy script`}
          maxLength={100}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Radio.Group label={t`What it may do`} {...form.getInputProps('scope')}>
          <Stack gap="xs" mt={6}>
            <Radio value="read" label={t`Read`} description={t`Sees monitors, results, incidents and deliveries`} />
            <Radio
              value="write"
              label={t`Read and write`}
              description={t`Also makes, changes and deletes monitors and channels`}
            />
          </Stack>
        </Radio.Group>
        <FormEnds onCancel={onCancel} busy={create.isPending}>
          <Trans>Make key</Trans>
        </FormEnds>
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
  if (!opened) return null;
  return (
    <FormModal onClose={close} title={create.data === undefined ? t`Make an API key` : create.data.name} size="md">
      {(leave) =>
        create.data === undefined ? (
          <Form create={create} onCancel={leave} />
        ) : (
          <KeepSecret label={t`API key`} value={create.data.key} onKept={close}>
            <Trans>Copy the key now: only its hash is kept, so it is not shown again.</Trans>
          </KeepSecret>
        )
      }
    </FormModal>
  );
};
