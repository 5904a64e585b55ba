import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { usePasskeyLogIn } from './factor-queries.ts';
import { FormProblem } from './form-problem.tsx';
import { passkeyPlace } from './passkey-place.ts';

/** Logs in without a password, where the page can. */
export const PasskeyButton = ({ onDone }: { readonly onDone: () => void }) => {
  const logIn = usePasskeyLogIn();
  if (passkeyPlace() !== 'here') return null;
  return (
    <>
      <FormProblem error={logIn.error} />
      <Button
        variant="default"
        size="md"
        loading={logIn.isPending}
        leftSection={<IconKey size={18} aria-hidden />}
        onClick={() => logIn.mutate(undefined, { onSuccess: onDone })}
      >
        <Trans>Log in with a passkey</Trans>
      </Button>
    </>
  );
};
