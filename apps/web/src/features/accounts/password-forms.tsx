import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { isEmail, useForm } from '@mantine/form';
import { FormProblem } from './form-problem.tsx';
import { PasswordRules, passwordFault } from './password-rules.tsx';
import { useForgotPassword, useResetPassword } from './queries.ts';

export const ForgotPasswordForm = () => {
  const forgot = useForgotPassword();
  const form = useForm({
    initialValues: { email: '' },
    validate: { email: isEmail(t`This is not an e-mail address.`) },
  });
  const email = forgot.variables;
  if (forgot.isSuccess)
    return (
      <Text role="status">
        <Trans>
          If there is an account with <b>{email}</b>, a mail with a link to set a new password is on its way. The link
          works for an hour.
        </Trans>
      </Text>
    );
  return (
    <form noValidate onSubmit={form.onSubmit(({ email }) => forgot.mutate(email))}>
      <Stack gap="md">
        <FormProblem error={forgot.error} />
        <TextInput
          label={t`E-mail`}
          type="email"
          autoComplete="username"
          size="md"
          autoFocus
          {...form.getInputProps('email')}
        />
        <Button type="submit" size="md" loading={forgot.isPending}>
          <Trans>Send the link</Trans>
        </Button>
      </Stack>
    </form>
  );
};

type ResetProps = Readonly<{ token: string; onDone: () => void }>;

export const ResetPasswordForm = ({ token, onDone }: ResetProps) => {
  const reset = useResetPassword();
  const form = useForm({ initialValues: { newPassword: '' }, validate: { newPassword: passwordFault } });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ newPassword }) => reset.mutate({ newPassword, token }, { onSuccess: onDone }))}
    >
      <Stack gap="md">
        <FormProblem error={reset.error} />
        <PasswordInput
          label={t`New password`}
          autoComplete="new-password"
          size="md"
          autoFocus
          description={<PasswordRules password={form.values.newPassword} />}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          {...form.getInputProps('newPassword')}
        />
        <Button type="submit" size="md" loading={reset.isPending}>
          <Trans>Set password</Trans>
        </Button>
      </Stack>
    </form>
  );
};
