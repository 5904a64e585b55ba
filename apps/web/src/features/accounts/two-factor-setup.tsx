import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { lazy, Suspense } from 'react';
import { FormEnds } from '../../ui/form-ends.tsx';
import { Secret } from '../../ui/secret.tsx';
import styles from './accounts.module.css';
import { useConfirmTwoFactor } from './factor-queries.ts';
import { FormProblem } from './form-problem.tsx';

/** Drawing it takes a library that most visits to the settings never need. */
const QrCode = lazy(async () => ({ default: (await import('./qr-code.tsx')).QrCode }));

type Props = Readonly<{ totpURI: string; onOn: () => void; onCancel: () => void }>;

/** The secret goes into the app, and the app's first code proves that it is there. */
export const TwoFactorSetup = ({ totpURI, onOn, onCancel }: Props) => {
  const confirm = useConfirmTwoFactor();
  const form = useForm({
    initialValues: { code: '' },
    validate: {
      code: (code) => (/^\d{6}$/u.test(code.replaceAll(' ', '')) ? null : t`Six digits, as the app shows them.`),
    },
  });
  const secret = new URL(totpURI).searchParams.get('secret') ?? '';
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ code }) => confirm.mutate(code.replaceAll(' ', ''), { onSuccess: onOn }))}
    >
      <div className={styles.setup}>
        <Suspense fallback={<div className={styles.qr} aria-busy />}>
          <QrCode value={totpURI} label={t`QR code for your authenticator app`} />
        </Suspense>
        <Stack gap="sm" className={styles.setupText}>
          <Text size="sm">
            <Trans>
              Scan this with an authenticator app, or type the secret into it. Then enter the code it shows.
            </Trans>
          </Text>
          <Secret label={t`Secret`} value={secret} />
          <FormProblem error={confirm.error} />
          <TextInput
            label={t`Code from the app`}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={7}
            autoFocus
            {...form.getInputProps('code')}
          />
          <FormEnds onCancel={onCancel} busy={confirm.isPending}>
            <Trans>Turn on</Trans>
          </FormEnds>
        </Stack>
      </div>
    </form>
  );
};
