import { i18n } from '@lingui/core';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Menu, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconChevronUp, IconLogout } from '@tabler/icons-react';
import { useColourScheme } from '../../ui/colour-scheme.ts';
import styles from './accounts.module.css';
import { useLogOut } from './queries.ts';
import { schemes } from './schemes.ts';

type Props = Readonly<{ email: string; organisation: string; compact?: boolean }>;

/** Who is logged in, the theme, and the way out. */
export const AccountMenu = ({ email, organisation, compact = false }: Props) => {
  const { colorScheme, setColorScheme } = useColourScheme();
  const logOut = useLogOut();
  return (
    <Menu width={240} position={compact ? 'bottom-end' : 'top-start'} withinPortal={false}>
      <Menu.Target>
        <UnstyledButton className={styles.account} data-compact={compact || undefined}>
          <VisuallyHidden>{compact ? t`Account menu of ${email}` : t`Account menu`}</VisuallyHidden>
          <span className={styles.avatar} aria-hidden>
            {email.slice(0, 1).toUpperCase()}
          </span>
          {compact ? null : (
            <>
              <span className={styles.accountText}>
                <span className={styles.organisation}>{organisation}</span>
                <span className={styles.email}>{email}</span>
              </span>
              <IconChevronUp size={16} aria-hidden />
            </>
          )}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label className={styles.menuMail}>{email}</Menu.Label>
        <Menu.Divider />
        <Menu.Label>
          <Trans>Theme</Trans>
        </Menu.Label>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(value) => setColorScheme(value === 'light' || value === 'dark' ? value : 'auto')}
        >
          {schemes.map(({ value, label }) => (
            <Menu.RadioItem key={value} value={value} closeMenuOnClick={false}>
              {i18n.t(label)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => logOut.mutate(undefined)}>
          <Trans>Log out</Trans>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
