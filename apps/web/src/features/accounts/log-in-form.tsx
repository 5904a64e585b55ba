import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { isEmail, useForm } from '@mantine/form';
import { lazy, Suspense, useState } from 'react';
import { FormProblem } from './form-problem.tsx';
import { PasskeyButton } from './passkey-button.tsx';
import { useLogIn } from './queries.ts';

/** Few need it, and all load the log-in. */
const SecondStepForm = lazy(async () => ({ default: (await import('./second-step-form.tsx')).SecondStepForm }));

type Props = Readonly<{ onDone: () => void; email?: string | undefined }>;

/** E-mail and password, a passkey, and the second step where the account has one. */
export const LogInForm = ({ onDone, email = '' }: Props) => {
  const logIn = useLogIn();
  const [second, setSecond] = useState(false);
  const form = useForm({
    initialValues: { email, password: '' },
    validate: {
      email: isEmail(t`This is not an e-mail address.`),
      password: (value) => (value === '' ? t`Enter your password.` : null),
    },
  });
  if (second)
    return (
      <Suspense>
        <SecondStepForm onDone={onDone} onBack={() => setSecond(false)} />
      </Suspense>
    );
  const next = (step: 'in' | 'second'): void => (step === 'in' ? onDone() : setSecond(true));
  return (
    <form noValidate onSubmit={form.onSubmit((values) => logIn.mutate(values, { onSuccess: next }))}>
      <Stack gap="md">
        <FormProblem error={logIn.error} />
        <TextInput
          label={t`E-mail`}
          type="email"
          autoComplete="username webauthn"
          size="md"
          autoFocus={email === ''}
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label={t`Password`}
          autoComplete="current-password"
          size="md"
          autoFocus={email !== ''}
          data-autofocus={email === '' ? undefined : true}
          {...form.getInputProps('password')}
        />
        <Button type="submit" size="md" loading={logIn.isPending}>
          <Trans>Log in</Trans>
        </Button>
        <PasskeyButton onDone={onDone} />
      </Stack>
    </form>
  );
};
