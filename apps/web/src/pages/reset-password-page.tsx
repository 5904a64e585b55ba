import { useNavigate, useSearch } from '@tanstack/react-router';
import { ResetPasswordForm } from '../features/accounts/password-forms.tsx';
import { Door } from '../shell/door.tsx';
import { ButtonLink } from '../ui/link.tsx';

export const ResetPasswordPage = () => {
  const { token } = useSearch({ from: '/reset-password' });
  const navigate = useNavigate();
  if (token === undefined)
    return (
      <Door title="This link does not work any more" note="Links to set a password work once, for an hour.">
        <ButtonLink to="/forgot-password">Send a new link</ButtonLink>
      </Door>
    );
  return (
    <Door title="Set a new password">
      <ResetPasswordForm token={token} onDone={() => void navigate({ to: '/login', search: { reset: 'done' } })} />
    </Door>
  );
};
