import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Anchor, Button, Group, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconKey } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Confirm } from '../../ui/confirm.tsx';
import { Instant } from '../../ui/instant.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import styles from './accounts.module.css';
import { deviceWords } from './device-words.ts';
import { type PasskeyView, passkeysQuery, useAddPasskey, useRemovePasskey } from './factor-queries.ts';
import { FormProblem } from './form-problem.tsx';
import { LogInAgain, needsFreshLogIn } from './log-in-again.tsx';
import { passkeyPlace } from './passkey-place.ts';

const Row = ({ passkey }: { readonly passkey: PasskeyView }) => {
  const [asking, ask] = useDisclosure(false);
  const remove = useRemovePasskey();
  const name = passkey.name ?? t`A passkey`;
  return (
    <li className={styles.item}>
      <IconKey size={20} aria-hidden />
      <div className={styles.itemText}>
        <span className={styles.itemName}>{name}</span>
        <span className={styles.soft}>
          {passkey.backedUp ? <Trans>Kept in step between your devices</Trans> : <Trans>On one device</Trans>} ·{' '}
          <Trans>
            since <Instant at={passkey.createdAt} />
          </Trans>
        </span>
      </div>
      <Button variant="default" size="xs" onClick={ask.open} aria-label={t`Remove ${name}`}>
        <Trans>Remove</Trans>
      </Button>
      <Confirm
        opened={asking}
        title={t`Remove ${name}?`}
        action={t`Remove passkey`}
        busy={remove.isPending}
        error={remove.error}
        onClose={ask.close}
        onConfirm={() => remove.mutate(passkey.id, { onSuccess: ask.close })}
      >
        <Trans>Nobody can log in with it any more. Your password still works; a new passkey can be added.</Trans>
      </Confirm>
    </li>
  );
};

const AddPasskey = () => {
  const add = useAddPasskey();
  const form = useForm({
    initialValues: { name: deviceWords(navigator.userAgent) },
    validate: { name: (name) => (name.trim() === '' ? t`Give it a name, to tell it from others.` : null) },
  });
  if (needsFreshLogIn(add.error))
    return (
      <LogInAgain>
        <Trans>Your log-in is older than a day. Log in again to add a passkey.</Trans>
      </LogInAgain>
    );
  return (
    <form noValidate onSubmit={form.onSubmit(({ name }) => add.mutate(name.trim(), { onSuccess: form.reset }))}>
      <FormProblem error={add.error} />
      <Group align="flex-end" gap="xs" mt="sm">
        <TextInput
          className={styles.grow}
          label={t`Name of the new passkey`}
          maxLength={100}
          {...form.getInputProps('name')}
        />
        <Button type="submit" variant="light" loading={add.isPending}>
          <Trans>Add passkey</Trans>
        </Button>
      </Group>
    </form>
  );
};

const Adding = () => {
  const place = passkeyPlace();
  if (place === 'here') return <AddPasskey />;
  return (
    <Text size="sm" mt="sm">
      {place === 'not-here' ? (
        <Trans>Passkeys need a page with a name and HTTPS, and a browser that knows them.</Trans>
      ) : (
        <Trans>
          Passkeys need a page with a name.{' '}
          <Anchor href={place.at} underline="always" inherit>
            Open this page at localhost
          </Anchor>{' '}
          to add one.
        </Trans>
      )}
    </Text>
  );
};

/** The passkeys of the account: a finger, a face or a PIN instead of password and code. */
export const PasskeysList = () => {
  const query = useQuery(passkeysQuery);
  if (query.status === 'pending') return <Skeletons rows={1} height={56} label={t`Loading your passkeys`} />;
  if (query.status === 'error')
    return (
      <Problem title={t`Your passkeys could not be loaded`} error={query.error} onRetry={() => void query.refetch()} />
    );
  return (
    <>
      {query.data.length === 0 ? (
        <p className={styles.soft}>
          <Trans>No passkey yet. With one you log in by finger, face or PIN, without password and code.</Trans>
        </p>
      ) : (
        <ul className={styles.items}>
          {query.data.map((passkey) => (
            <Row key={passkey.id} passkey={passkey} />
          ))}
        </ul>
      )}
      <Adding />
    </>
  );
};
