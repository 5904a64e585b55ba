import { msg } from '@lingui/core/macro';
import {
  IconActivity,
  IconAlertTriangle,
  IconBell,
  IconKey,
  IconMail,
  IconSettings,
  IconTool,
} from '@tabler/icons-react';

/** The places of the dashboard. `keys`: what leads there. */
export const places = [
  { to: '/', label: msg`Monitors`, icon: IconActivity, keys: 'g m' },
  { to: '/incidents', label: msg`Incidents`, icon: IconAlertTriangle, keys: 'g i' },
  { to: '/alerting', label: msg`Alerting`, icon: IconBell, keys: 'g a' },
  { to: '/maintenance', label: msg`Maintenance`, icon: IconTool, keys: '' },
  { to: '/api-keys', label: msg`API keys`, icon: IconKey, keys: '' },
  { to: '/settings', label: msg`Settings`, icon: IconSettings, keys: 'g s' },
] as const;
export const mails = { to: '/mails', label: msg`Mails`, icon: IconMail, keys: '' } as const;
