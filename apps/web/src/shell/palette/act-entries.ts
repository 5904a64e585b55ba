import { t } from '@lingui/core/macro';
import type { MantineColorScheme } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import {
  IconCalendarPlus,
  IconDeviceDesktop,
  IconKeyboard,
  IconLink,
  IconLogout,
  IconMoon,
  IconPlus,
  IconSun,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useLogOut } from '../../features/accounts/queries.ts';
import { useColourScheme } from '../../ui/colour-scheme.ts';
import type { Entry } from './entry.ts';

const group = 'acts';

const useThemeEntries = (): readonly Entry[] => {
  const { colorScheme, setColorScheme } = useColourScheme();
  const also = 'theme appearance colour mode';
  const schemes = [
    ['light', t`Theme: light`, IconSun],
    ['dark', t`Theme: dark`, IconMoon],
    ['auto', t`Theme: as the system`, IconDeviceDesktop],
  ] as const satisfies [MantineColorScheme, string, Entry['icon']][];
  return schemes
    .filter(([scheme]) => scheme !== colorScheme)
    .map(([scheme, label, icon]) => ({
      ...{ id: `theme ${scheme}`, group, label, icon, also },
      run: () => setColorScheme(scheme),
    }));
};

/** What can be done from everywhere. */
export const useActEntries = (onShortcuts: () => void): readonly Entry[] => {
  const navigate = useNavigate();
  const clipboard = useClipboard();
  const themes = useThemeEntries();
  const logOut = useLogOut();
  const copyLink = (): void => {
    clipboard.copy(window.location.href);
    notifications.show({ message: t`The link to this page is copied.` });
  };
  return [
    {
      ...{ id: 'new monitor', group, label: t`New monitor`, icon: IconPlus, keys: 'n', also: 'add watch site' },
      run: () => void navigate({ to: '/monitors/new' }),
    },
    {
      ...{ id: 'plan maintenance', group, label: t`Plan maintenance`, icon: IconCalendarPlus, also: 'silence window' },
      run: () => void navigate({ to: '/maintenance' }),
    },
    { id: 'copy link', group, label: t`Copy the link to this page`, icon: IconLink, also: 'share url', run: copyLink },
    { id: 'shortcuts', group, label: t`Keyboard shortcuts`, icon: IconKeyboard, keys: '?', run: onShortcuts },
    ...themes,
    {
      ...{ id: 'log out', group, label: t`Log out`, icon: IconLogout, also: 'sign out session end' },
      run: () => logOut.mutate(undefined),
    },
  ];
};
