import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { isEmail, useForm } from '@mantine/form';
import { FormProblem } from './form-problem.tsx';
import { PasswordRules, passwordFault } from './password-rules.tsx';
import { useSignUp } from './queries.ts';

export const SignUpForm = ({ onDone }: { readonly onDone: () => void }) => {
  const signUp = useSignUp();
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: { email: isEmail(t`This is not an e-mail address.`), password: passwordFault },
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => signUp.mutate(values, { onSuccess: onDone }))}>
      <Stack gap="md">
        <FormProblem error={signUp.error} />
        <TextInput
          label={t`E-mail`}
          type="email"
          autoComplete="email"
          size="md"
          autoFocus
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label={t`Password`}
          autoComplete="new-password"
          size="md"
          description={<PasswordRules password={form.values.password} />}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          {...form.getInputProps('password')}
        />
        <Button type="submit" size="md" loading={signUp.isPending}>
          <Trans>Create account</Trans>
        </Button>
      </Stack>
    </form>
  );
};
