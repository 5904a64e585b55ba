import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { IconCheck, IconCircle } from '@tabler/icons-react';
import styles from './accounts.module.css';

const minLength = 12;
const maxLength = 128;

/** Why this password will not do, or null. The server has the last word. */
export const passwordFault = (password: string): string | null => {
  if (password.length < minLength) return t`A password needs at least ${minLength} characters.`;
  if (password.length > maxLength) return t`A password may have at most ${maxLength} characters.`;
  return null;
};

/** The rules beside the field, ticked off while typing. */
export const PasswordRules = ({ password }: { readonly password: string }) => {
  const met = passwordFault(password) === null;
  const Icon = met ? IconCheck : IconCircle;
  return (
    <span className={styles.rules} data-met={met || undefined}>
      <Icon size={14} aria-hidden />
      <Trans>
        {minLength} to {maxLength} characters. A few unrelated words do well.
      </Trans>
    </span>
  );
};
