import type { Screen } from './screens.ts';
import type { Places } from './world.ts';

/** What lists show when there is nothing to list: an account that was made a moment ago. */
export const emptyScreens: readonly Screen[] = [
  { name: 'monitors-empty', path: '/', ready: 'Monitors' },
  { name: 'incidents-empty', path: '/incidents', ready: 'Incidents' },
  { name: 'channels-new-account', path: '/alerting', ready: 'Alerting' },
  { name: 'deliveries-empty', path: '/alerting?tab=deliveries', ready: 'Alerting' },
  { name: 'escalation-empty', path: '/alerting?tab=escalation', ready: 'Alerting' },
  { name: 'on-call-empty', path: '/alerting?tab=on-call', ready: 'Alerting' },
  { name: 'maintenance-empty', path: '/maintenance', ready: 'Maintenance' },
  { name: 'api-keys-empty', path: '/api-keys', ready: 'API keys' },
];

/** Screens that wait for the API with something to show: looked at while it is silent and when it fails. */
export const waitingScreens = ({ shopId, openId }: Pick<Places, 'shopId' | 'openId'>): readonly Screen[] => [
  { name: 'monitors', path: '/', ready: '' },
  { name: 'monitor', path: `/monitors/${shopId}`, ready: '' },
  { name: 'monitor-settings', path: `/monitors/${shopId}/settings`, ready: '' },
  { name: 'incidents', path: '/incidents', ready: '' },
  { name: 'incident', path: `/incidents/${openId}`, ready: '' },
  { name: 'channels', path: '/alerting', ready: '' },
  { name: 'escalation', path: '/alerting?tab=escalation', ready: '' },
  { name: 'on-call', path: '/alerting?tab=on-call', ready: '' },
  { name: 'deliveries', path: '/alerting?tab=deliveries', ready: '' },
  { name: 'maintenance', path: '/maintenance', ready: '' },
  { name: 'api-keys', path: '/api-keys', ready: '' },
];

/** Screens of many parts, each with a question of its own: they hold still while the answers come as they come. */
export const lateScreens = ({ shopId, downId, clearedId, openId }: Places): readonly Screen[] => [
  { name: 'monitor', path: `/monitors/${downId}`, ready: '' },
  { name: 'monitor-marks', path: `/monitors/${shopId}?tab=marks`, ready: '' },
  { name: 'incident-open', path: `/incidents/${openId}`, ready: '' },
  { name: 'incident-cleared', path: `/incidents/${clearedId}`, ready: '' },
  { name: 'settings-security', path: '/settings?tab=security', ready: '' },
];
