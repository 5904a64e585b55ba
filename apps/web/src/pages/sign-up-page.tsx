import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { SignUpForm } from '../features/accounts/sign-up-form.tsx';
import { Door } from '../shell/door.tsx';
import { Link } from '../ui/link.tsx';

export const SignUpPage = () => {
  const navigate = useNavigate();
  return (
    <Door
      title={t`Create an account`}
      note={t`Next you name a site, and its first check arrives within seconds.`}
      foot={
        <Trans>
          Have one already? <Link to="/login">Log in</Link>
        </Trans>
      }
    >
      <SignUpForm onDone={() => void navigate({ to: '/monitors/new' })} />
    </Door>
  );
};
