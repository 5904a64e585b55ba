import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useSearch } from '@tanstack/react-router';
import { Door } from '../shell/door.tsx';
import { ButtonLink } from '../ui/link.tsx';

type Words = Readonly<{ title: MessageDescriptor; note: MessageDescriptor }>;
const dead = msg`This link does not work any more`;
const verified: Words = {
  title: msg`Your address is verified`,
  note: msg`Alerts and account mails reach you here.`,
};
const notVerified: Words = { title: dead, note: msg`Log in and let us send you a new one.` };
const changed: Words = {
  title: msg`Your address was changed`,
  note: msg`Log in with the new one from now on. Alerts go where they went before.`,
};
const notChanged: Words = {
  title: dead,
  note: msg`If it was opened before, your address is changed already. Otherwise ask for a new link in your settings.`,
};
const others: Readonly<Record<string, Words>> = {
  email_taken: {
    title: msg`This address belongs to another account`,
    note: msg`Your own account keeps the address it had.`,
  },
  invalid_user: {
    title: msg`Somebody else is logged in here`,
    note: msg`Log out, or open the link in another browser. Nothing was changed.`,
  },
};

const wordsOf = (error: string | undefined, change: boolean): Words => {
  if (!change) return error === undefined ? verified : notVerified;
  return error === undefined ? changed : (others[error.toLowerCase()] ?? notChanged);
};

/** Where the link of a mail to verify or change an address ends. */
export const VerifiedPage = () => {
  const search = useSearch({ from: '/verified' });
  const { title, note } = wordsOf(search.error, search.changed !== undefined);
  return (
    <Door title={i18n.t(title)} note={i18n.t(note)}>
      <ButtonLink to="/">
        <Trans>Go to your monitors</Trans>
      </ButtonLink>
    </Door>
  );
};
