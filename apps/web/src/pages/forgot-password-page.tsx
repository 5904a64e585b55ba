import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { ForgotPasswordForm } from '../features/accounts/password-forms.tsx';
import { Door } from '../shell/door.tsx';
import { Link } from '../ui/link.tsx';

export const ForgotPasswordPage = () => (
  <Door
    title={t`Forgot the password?`}
    note={t`We mail you a link to set a new one.`}
    foot={
      <Link to="/login">
        <Trans>Back to log in</Trans>
      </Link>
    }
  >
    <ForgotPasswordForm />
  </Door>
);
