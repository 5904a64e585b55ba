import { t } from '@lingui/core/macro';
import { PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ReactNode } from 'react';
import { FormEnds } from '../../ui/form-ends.tsx';
import { FormProblem } from './form-problem.tsx';

type Props = Readonly<{
  action: ReactNode;
  busy: boolean;
  error: Error | null;
  danger?: boolean;
  onPassword: (password: string) => void;
  onCancel: () => void;
}>;

/** Asks for the password again before something that a stranger at this browser must not do. */
export const PasswordField = ({ action, busy, error, danger = false, onPassword, onCancel }: Props) => {
  const form = useForm({
    initialValues: { password: '' },
    validate: { password: (value) => (value === '' ? t`Enter your password.` : null) },
  });
  return (
    <form noValidate onSubmit={form.onSubmit(({ password }) => onPassword(password))}>
      <Stack gap="sm">
        <FormProblem error={error} />
        <PasswordInput
          label={t`Your password`}
          autoComplete="current-password"
          autoFocus
          {...form.getInputProps('password')}
        />
        <FormEnds onCancel={onCancel} busy={busy} danger={danger}>
          {action}
        </FormEnds>
      </Stack>
    </form>
  );
};
