import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ResetPasswordForm } from '../features/accounts/password-forms.tsx';
import { Door } from '../shell/door.tsx';
import { ButtonLink } from '../ui/link.tsx';

export const ResetPasswordPage = () => {
  const { token } = useSearch({ from: '/reset-password' });
  const navigate = useNavigate();
  if (token === undefined)
    return (
      <Door title={t`This link does not work any more`} note={t`Links to set a password work once, for an hour.`}>
        <ButtonLink to="/forgot-password">
          <Trans>Send a new link</Trans>
        </ButtonLink>
      </Door>
    );
  return (
    <Door title={t`Set a new password`}>
      <ResetPasswordForm token={token} onDone={() => void navigate({ to: '/login', search: { reset: 'done' } })} />
    </Door>
  );
};
