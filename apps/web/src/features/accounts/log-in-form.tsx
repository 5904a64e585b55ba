import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { isEmail, isNotEmpty, useForm } from '@mantine/form';
import { FormProblem } from './form-problem.tsx';
import { useLogIn } from './queries.ts';

export const LogInForm = ({ onDone }: { readonly onDone: () => void }) => {
  const logIn = useLogIn();
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: { email: isEmail('This is not an e-mail address.'), password: isNotEmpty('Enter your password.') },
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => logIn.mutate(values, { onSuccess: onDone }))}>
      <Stack gap="md">
        <FormProblem error={logIn.error} />
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          size="md"
          autoFocus
          {...form.getInputProps('email')}
        />
        <PasswordInput label="Password" autoComplete="current-password" size="md" {...form.getInputProps('password')} />
        <Button type="submit" size="md" loading={logIn.isPending}>
          Log in
        </Button>
      </Stack>
    </form>
  );
};
