import { ForgotPasswordForm } from '../features/accounts/password-forms.tsx';
import { Door } from '../shell/door.tsx';
import { Link } from '../ui/link.tsx';

export const ForgotPasswordPage = () => (
  <Door
    title="Forgot the password?"
    note="We mail you a link to set a new one."
    foot={<Link to="/login">Back to log in</Link>}
  >
    <ForgotPasswordForm />
  </Door>
);
