import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { usePasskeyLogIn } from './factor-queries.ts';
import { FormProblem } from './form-problem.tsx';
import { usePasskeyAutofill } from './passkey-autofill.ts';
import { passkeyPlace } from './passkey-place.ts';

/** Logs in without a password, where the page can: by the button, or by what the browser offers in the e-mail field. */
export const PasskeyButton = ({ onDone }: { readonly onDone: () => void }) => {
  const logIn = usePasskeyLogIn();
  const refused = usePasskeyAutofill(onDone);
  if (passkeyPlace() !== 'here') return null;
  return (
    <>
      <FormProblem error={logIn.isIdle ? refused : logIn.error} />
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
