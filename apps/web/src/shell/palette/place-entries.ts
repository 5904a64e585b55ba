import { i18n } from '@lingui/core';
import { t } from '@lingui/core/macro';
import { IconDeviceTv } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { mails, places } from '../places.ts';
import type { Entry } from './entry.ts';

/** Every page of the dashboard. */
export const usePlaceEntries = (withMails: boolean): readonly Entry[] => {
  const navigate = useNavigate();
  const pages = (withMails ? [...places, mails] : places).map(({ to, label, icon, keys }): Entry => {
    const name = i18n.t(label);
    const hint = keys === '' ? {} : { keys };
    return {
      id: `go ${to}`,
      group: 'places',
      label: t`Go to ${name}`,
      icon,
      ...hint,
      run: () => void navigate({ to }),
    };
  });
  const wall: Entry = {
    ...{ id: 'go /wall', group: 'places', label: t`Wall: a screen for the office`, icon: IconDeviceTv },
    also: 'full screen tv',
    run: () => void navigate({ to: '/wall' }),
  };
  return [...pages, wall];
};
