import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useChangePassword } from './factor-queries.ts';
import { FormProblem } from './form-problem.tsx';
import { PasswordRules, passwordFault } from './password-rules.tsx';

/** A new password, knowing the old one; every other session ends. */
export const ChangePasswordForm = () => {
  const change = useChangePassword();
  const form = useForm({
    initialValues: { currentPassword: '', newPassword: '' },
    validate: {
      currentPassword: (value) => (value === '' ? t`Enter your password.` : null),
      newPassword: passwordFault,
    },
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) =>
        change.mutate(values, {
          onSuccess: () => {
            form.reset();
            notifications.show({ message: t`Your password was changed. You are logged out everywhere else.` });
          },
        }),
      )}
    >
      <Stack gap="md">
        <FormProblem error={change.error} />
        <PasswordInput
          label={t`Current password`}
          autoComplete="current-password"
          {...form.getInputProps('currentPassword')}
        />
        <PasswordInput
          label={t`New password`}
          autoComplete="new-password"
          description={<PasswordRules password={form.values.newPassword} />}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          {...form.getInputProps('newPassword')}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={change.isPending} disabled={!form.isDirty()}>
            <Trans>Change password</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
