import { useNavigate } from '@tanstack/react-router';
import { SignUpForm } from '../features/accounts/sign-up-form.tsx';
import { Door } from '../shell/door.tsx';
import { Link } from '../ui/link.tsx';

export const SignUpPage = () => {
  const navigate = useNavigate();
  return (
    <Door
      title="Create an account"
      note="Next you name a site, and its first check arrives within seconds."
      foot={
        <>
          Have one already? <Link to="/login">Log in</Link>
        </>
      }
    >
      <SignUpForm onDone={() => void navigate({ to: '/monitors/new' })} />
    </Door>
  );
};
