import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Checkbox, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useSecondStep } from './factor-queries.ts';
import { FormProblem } from './form-problem.tsx';

type Props = Readonly<{ onDone: () => void; onBack: () => void }>;

/** After the password: a code from the app, or one of the backup codes. */
export const SecondStepForm = ({ onDone, onBack }: Props) => {
  const [kind, setKind] = useState<'app' | 'backup'>('app');
  const verify = useSecondStep();
  const app = kind === 'app';
  const form = useForm({
    initialValues: { code: '', trustDevice: false },
    validate: { code: (code) => (code.trim() === '' ? t`Enter the code.` : null) },
  });
  const turn = (): void => {
    form.reset();
    verify.reset();
    setKind(app ? 'backup' : 'app');
  };
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ code, trustDevice }) =>
        verify.mutate({ kind, code: code.replaceAll(' ', ''), trustDevice }, { onSuccess: onDone }),
      )}
    >
      <Stack gap="md">
        <FormProblem error={verify.error} />
        <TextInput
          key={kind}
          label={app ? t`Code from your app` : t`Backup code`}
          autoComplete="one-time-code"
          size="md"
          autoFocus
          maxLength={32}
          {...(app ? { inputMode: 'numeric' as const } : {})}
          {...form.getInputProps('code')}
        />
        <Checkbox
          label={t`Don’t ask on this browser for 30 days`}
          {...form.getInputProps('trustDevice', { type: 'checkbox' })}
        />
        <Button type="submit" size="md" loading={verify.isPending}>
          <Trans>Log in</Trans>
        </Button>
        <Button variant="subtle" onClick={turn}>
          {app ? <Trans>Use a backup code</Trans> : <Trans>Use the app</Trans>}
        </Button>
        <Button variant="subtle" onClick={onBack}>
          <Trans>Back to the password</Trans>
        </Button>
      </Stack>
    </form>
  );
};
