import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { ActionIcon, Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { Advanced } from '../../../ui/advanced.tsx';
import { Rows } from '../../../ui/rows.tsx';
import type { KindProps } from './kind-form.ts';

const maxHeaders = 20;

const Header = ({ form, index }: Pick<KindProps, 'form'> & Readonly<{ index: number }>) => (
  <Group gap="xs" wrap="nowrap" align="flex-start">
    <TextInput
      flex={1}
      aria-label={t`Name of header ${index + 1}`}
      placeholder="Authorization"
      {...form.getInputProps(`headers.${index}.name`)}
    />
    <TextInput
      flex={1}
      aria-label={t`Value of header ${index + 1}`}
      autoComplete="off"
      {...form.getInputProps(`headers.${index}.value`)}
    />
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={t`Remove header ${index + 1}`}
      onClick={() => form.removeListItem('headers', index)}
    >
      <IconTrash size={16} aria-hidden />
    </ActionIcon>
  </Group>
);

const AddHeader = ({ form }: Pick<KindProps, 'form'>) => (
  <Group>
    <Button
      variant="subtle"
      size="compact-sm"
      leftSection={<IconPlus size={14} aria-hidden />}
      onClick={() => form.insertListItem('headers', { name: '', value: '' })}
    >
      <Trans>Add header</Trans>
    </Button>
  </Group>
);

const Headers = ({ form, edited }: KindProps) => {
  const { headers } = form.values;
  const { error } = form.getInputProps('headers');
  return (
    <Stack gap="xs" role="group" aria-label={t`Headers`}>
      <Text size="sm" fw={500}>
        <Trans>Headers</Trans>
      </Text>
      {edited ? (
        <Text size="sm" c="dimmed">
          <Trans>Headers that are set stay, as long as the host is the same and none is typed here.</Trans>
        </Text>
      ) : null}
      <Rows of={headers}>{(_, index) => <Header form={form} index={index} />}</Rows>
      {error === undefined ? null : (
        <Text size="sm" c="var(--fw-bad)">
          {error}
        </Text>
      )}
      {headers.length >= maxHeaders ? null : <AddHeader form={form} />}
    </Stack>
  );
};

export const WebhookFields = ({ form, edited }: KindProps) => (
  <>
    <TextInput
      label={t`URL`}
      type="url"
      placeholder={edited ? 'https://…' : undefined}
      description={t`Gets a signed POST (Standard Webhooks) for every alert.`}
      data-autofocus
      {...form.getInputProps('url')}
    />
    <Advanced open={form.values.template !== ''} fault={'headers' in form.errors || 'template' in form.errors}>
      <Headers form={form} edited={edited} />
      <Textarea
        label={t`Template`}
        description={t`Another JSON body than ours, with ${'{{placeholders}}'}. Empty = the published schema.`}
        autosize
        minRows={4}
        maxRows={14}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
        {...form.getInputProps('template')}
      />
    </Advanced>
  </>
);
