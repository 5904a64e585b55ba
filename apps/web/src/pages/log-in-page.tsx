import { useNavigate, useSearch } from '@tanstack/react-router';
import { LogInForm } from '../features/accounts/log-in-form.tsx';
import { Door } from '../shell/door.tsx';
import { Link } from '../ui/link.tsx';

export const LogInPage = () => {
  const { next, reset } = useSearch({ from: '/login' });
  const navigate = useNavigate();
  return (
    <Door
      title="Log in"
      note={reset === undefined ? undefined : 'Your password was set. Log in with it.'}
      foot={
        <>
          New here? <Link to="/signup">Create an account</Link> ·{' '}
          <Link to="/forgot-password">Forgot the password?</Link>
        </>
      }
    >
      <LogInForm onDone={() => void navigate({ href: next ?? '/' })} />
    </Door>
  );
};
