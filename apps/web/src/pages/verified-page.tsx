import { useSearch } from '@tanstack/react-router';
import { Door } from '../shell/door.tsx';
import { ButtonLink } from '../ui/link.tsx';

/** Where the link of a verification mail ends. */
export const VerifiedPage = () => {
  const { error } = useSearch({ from: '/verified' });
  return error === undefined ? (
    <Door title="Your address is verified" note="Alerts and account mails reach you here.">
      <ButtonLink to="/">Go to your monitors</ButtonLink>
    </Door>
  ) : (
    <Door title="This link does not work any more" note="Log in and let us send you a new one.">
      <ButtonLink to="/">Go to your monitors</ButtonLink>
    </Door>
  );
};
