import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useSearch } from '@tanstack/react-router';
import { Door } from '../shell/door.tsx';
import { ButtonLink } from '../ui/link.tsx';

/** Where the link of a verification mail ends. */
export const VerifiedPage = () => {
  const { error } = useSearch({ from: '/verified' });
  return error === undefined ? (
    <Door title={t`Your address is verified`} note={t`Alerts and account mails reach you here.`}>
      <ButtonLink to="/">
        <Trans>Go to your monitors</Trans>
      </ButtonLink>
    </Door>
  ) : (
    <Door title={t`This link does not work any more`} note={t`Log in and let us send you a new one.`}>
      <ButtonLink to="/">
        <Trans>Go to your monitors</Trans>
      </ButtonLink>
    </Door>
  );
};
