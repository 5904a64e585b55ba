import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { isEmail, useForm } from '@mantine/form';
import { IconMail } from '@tabler/icons-react';
import { useState } from 'react';
import { FormEnds } from '../../ui/form-ends.tsx';
import styles from './accounts.module.css';
import { useChangeEmail } from './factor-queries.ts';
import { FormProblem } from './form-problem.tsx';

type Props = Readonly<{ email: string; verified: boolean }>;

const Form = ({ email, onCancel }: Pick<Props, 'email'> & Readonly<{ onCancel: () => void }>) => {
  const change = useChangeEmail();
  const notAnAddress = isEmail(t`This is not an e-mail address.`);
  const form = useForm({
    initialValues: { newEmail: '', password: '' },
    validate: {
      newEmail: (value) =>
        value.trim().toLowerCase() === email.toLowerCase()
          ? t`This is your address already.`
          : notAnAddress(value.trim()),
      password: (value) => (value === '' ? t`Enter your password.` : null),
    },
  });
  const asked = change.variables?.newEmail;
  if (change.isSuccess)
    return (
      <Text size="sm" role="status" mt="md">
        <Trans>
          If no account has <b>{asked}</b> yet, a mail is on its way there. Open its link within a day: until then you
          log in with {email} as before.
        </Trans>
      </Text>
    );
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ newEmail, password }) => change.mutate({ newEmail: newEmail.trim(), password }))}
    >
      <Stack gap="md" mt="md">
        <FormProblem error={change.error} />
        <TextInput
          label={t`New e-mail address`}
          type="email"
          autoComplete="email"
          maxLength={254}
          autoFocus
          {...form.getInputProps('newEmail')}
        />
        <PasswordInput label={t`Your password`} autoComplete="current-password" {...form.getInputProps('password')} />
        <Text size="sm" className={styles.soft}>
          <Trans>
            A link goes to the new address, and a notice to {email}. You stay logged in everywhere, and alerts go where
            they go now: change their channels under Alerting.
          </Trans>
        </Text>
        <FormEnds onCancel={onCancel} busy={change.isPending}>
          <Trans>Send the link</Trans>
        </FormEnds>
      </Stack>
    </form>
  );
};

/** The address that somebody logs in with; another one counts once the link that is mailed there was opened. */
export const ChangeEmail = ({ email, verified }: Props) => {
  const [open, setOpen] = useState(false);
  return (
    <>
      <div className={styles.item}>
        <IconMail size={20} aria-hidden />
        <div className={styles.itemText}>
          <span className={styles.itemName}>{email}</span>
          <span className={styles.soft}>{verified ? <Trans>Verified</Trans> : <Trans>Not verified yet</Trans>}</span>
        </div>
        {open ? null : (
          <Button variant="default" size="xs" onClick={() => setOpen(true)}>
            <Trans>Change address</Trans>
          </Button>
        )}
      </div>
      {open ? <Form email={email} onCancel={() => setOpen(false)} /> : null}
    </>
  );
};
