import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { tellOtherTabs } from '../api/session-end.ts';
import { LogInForm } from '../features/accounts/log-in-form.tsx';
import { Door } from '../shell/door.tsx';
import { Link } from '../ui/link.tsx';

export const LogInPage = () => {
  const { next, reset } = useSearch({ from: '/login' });
  const navigate = useNavigate();
  const client = useQueryClient();
  const onDone = (): void => {
    client.clear(); // what was shown before belongs to nobody
    tellOtherTabs(); // they may show somebody else's
    void navigate({ href: next ?? '/' });
  };
  return (
    <Door
      title={t`Log in`}
      note={reset === undefined ? undefined : t`Your password was set. Log in with it.`}
      foot={
        <>
          <Trans>
            New here? <Link to="/signup">Create an account</Link>
          </Trans>{' '}
          ·{' '}
          <Link to="/forgot-password">
            <Trans>Forgot the password?</Trans>
          </Link>
        </>
      }
    >
      <LogInForm onDone={onDone} />
    </Door>
  );
};
