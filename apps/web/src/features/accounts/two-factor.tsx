import { Trans } from '@lingui/react/macro';
import { Button, Group, Text } from '@mantine/core';
import { IconShieldCheck, IconShieldOff } from '@tabler/icons-react';
import { useState } from 'react';
import styles from './accounts.module.css';
import { BackupCodes } from './backup-codes.tsx';
import { useBeginTwoFactor, useEndTwoFactor, useNewBackupCodes } from './factor-queries.ts';
import { PasswordField } from './password-field.tsx';
import { TwoFactorSetup } from './two-factor-setup.tsx';

type Step =
  | Readonly<{ kind: 'rest' | 'ask-on' | 'ask-off' | 'ask-codes' }>
  | Readonly<{ kind: 'setup'; totpURI: string; codes: readonly string[] }>
  | Readonly<{ kind: 'codes'; codes: readonly string[] }>;
const rest: Step = { kind: 'rest' };
type Move = Readonly<{ onStep: (step: Step) => void }>;

const State = ({ on, onStep }: Move & { readonly on: boolean }) => (
  <div className={styles.item}>
    {on ? <IconShieldCheck size={20} aria-hidden /> : <IconShieldOff size={20} aria-hidden />}
    <div className={styles.itemText}>
      <span className={styles.itemName}>{on ? <Trans>On</Trans> : <Trans>Off</Trans>}</span>
      <span className={styles.soft}>
        {on ? (
          <Trans>After the password, a code from your app is asked for.</Trans>
        ) : (
          <Trans>With it, a stolen password alone does not let anybody in.</Trans>
        )}
      </span>
    </div>
    {on ? (
      <Group gap="xs">
        <Button variant="default" size="xs" onClick={() => onStep({ kind: 'ask-codes' })}>
          <Trans>New backup codes</Trans>
        </Button>
        <Button variant="default" size="xs" onClick={() => onStep({ kind: 'ask-off' })}>
          <Trans>Turn off</Trans>
        </Button>
      </Group>
    ) : (
      <Button variant="light" size="xs" onClick={() => onStep({ kind: 'ask-on' })}>
        <Trans>Set up</Trans>
      </Button>
    )}
  </div>
);

const AskOn = ({ onStep }: Move) => {
  const begin = useBeginTwoFactor();
  return (
    <PasswordField
      action={<Trans>Go on</Trans>}
      busy={begin.isPending}
      error={begin.error}
      onCancel={() => onStep(rest)}
      onPassword={(password) =>
        begin.mutate(password, {
          onSuccess: (made) =>
            made !== null && onStep({ kind: 'setup', totpURI: made.totpURI, codes: made.backupCodes }),
        })
      }
    />
  );
};

const AskOff = ({ onStep }: Move) => {
  const end = useEndTwoFactor();
  return (
    <>
      <Text size="sm" mb="sm">
        <Trans>
          The password alone will let you in again. The secret in your app and the backup codes stop working.
        </Trans>
      </Text>
      <PasswordField
        danger
        action={<Trans>Turn off</Trans>}
        busy={end.isPending}
        error={end.error}
        onCancel={() => onStep(rest)}
        onPassword={(password) => end.mutate(password, { onSuccess: () => onStep(rest) })}
      />
    </>
  );
};

const AskCodes = ({ onStep }: Move) => {
  const make = useNewBackupCodes();
  return (
    <>
      <Text size="sm" mb="sm">
        <Trans>The backup codes you have stop working.</Trans>
      </Text>
      <PasswordField
        action={<Trans>Make new codes</Trans>}
        busy={make.isPending}
        error={make.error}
        onCancel={() => onStep(rest)}
        onPassword={(password) =>
          make.mutate(password, { onSuccess: (made) => onStep({ kind: 'codes', codes: made?.backupCodes ?? [] }) })
        }
      />
    </>
  );
};

/** The second step at log-in: on or off, and what leads from one to the other. */
export const TwoFactor = ({ on }: { readonly on: boolean }) => {
  const [step, setStep] = useState<Step>(rest);
  switch (step.kind) {
    case 'rest':
      return <State on={on} onStep={setStep} />;
    case 'ask-on':
      return <AskOn onStep={setStep} />;
    case 'ask-off':
      return <AskOff onStep={setStep} />;
    case 'ask-codes':
      return <AskCodes onStep={setStep} />;
    case 'setup':
      return (
        <TwoFactorSetup
          totpURI={step.totpURI}
          onOn={() => setStep({ kind: 'codes', codes: step.codes })}
          onCancel={() => setStep(rest)}
        />
      );
    case 'codes':
      return <BackupCodes codes={step.codes} onDone={() => setStep(rest)} />;
  }
};
