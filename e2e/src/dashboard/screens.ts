import type { Page } from 'playwright-core';
import { replayMany, replaySettings } from './preview-acts.ts';
import type { Places } from './world.ts';

/** One picture of the dashboard: where it is, by which heading one knows that it stands, and what is pressed first. */
export type Screen = Readonly<{
  name: string;
  path: string;
  /** The heading of first level; empty = whatever comes. */
  ready: string;
  act?: (page: Page) => Promise<void>;
}>;

const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click();

/** A policy as it is written: a step moved, another added. */
const editPolicy = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Edit Shop and checkout' }).click();
  await page.getByRole('button', { name: 'Move step 2 up' }).click();
  await page.getByRole('button', { name: 'Add a step' }).click();
};
const removeStep = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Edit Shop and checkout' }).click();
  await page.getByRole('button', { name: 'Remove step 2' }).click();
};
/** The quiet hours of a channel, switched on. */
const quietChannel = async (page: Page): Promise<void> => {
  await page
    .getByRole('button', { name: /On-call bot/u })
    .first()
    .click();
  await page.getByRole('menuitem', { name: /Edit/u }).click();
  await page.getByRole('switch', { name: /^Quiet hours/u }).click();
  await page.getByRole('img', { name: /^Messages wait/u }).waitFor();
};
const quietYou = async (page: Page): Promise<void> => {
  await page.getByRole('switch', { name: /^Quiet hours/u }).click();
  await page.getByRole('img', { name: /^Messages wait/u }).waitFor();
};

const tick = (page: Page) => page.getByRole('checkbox').first().check();

const importSome = async (page: Page): Promise<void> => {
  await page
    .getByLabel('URLs, or the text of a file')
    .fill('https://shop.example/\nblog.example\nblog.example\nno url here\nhttps://10.0.0.1/');
  await page.getByRole('button', { name: 'Read it' }).click();
  await page.getByText('Twice in here').waitFor();
};

const addOfKind = (kind: string) => async (page: Page) => {
  await press('Add channel')(page);
  await page.getByRole('radio', { name: kind }).click();
};

const chooseOf = (channel: string, item: string) => async (page: Page) => {
  await press(`Actions for ${channel}`)(page);
  await page.getByRole('menuitem', { name: item }).click();
  await page.getByRole('dialog').waitFor();
};

/** The provider's own answer, as it came. */
const testChannel = async (page: Page): Promise<void> => {
  const row = page.getByRole('listitem').filter({ hasText: 'On-call bot' });
  await row.getByRole('button', { name: 'Send test' }).click();
  await row
    .getByText(/delivered|could not be sent/u)
    .first()
    .waitFor();
};

/** Before the log-in. */
export const doors: readonly Screen[] = [
  { name: 'log-in', path: '/login', ready: 'Log in' },
  { name: 'sign-up', path: '/signup', ready: 'Create an account', act: press('Create account') },
  { name: 'forgot-password', path: '/forgot-password', ready: 'Forgot the password?' },
  { name: 'reset-password', path: '/reset-password?token=x', ready: 'Set a new password' },
  { name: 'address-changed', path: '/verified?changed=yes', ready: 'Your address was changed' },
  { name: 'verified', path: '/verified?error=invalid_token', ready: 'This link does not work any more' },
];

/** Behind it, with something on them. */
export const screensOf = ({
  shopId,
  checkoutId,
  downId,
  clearedId,
  openId,
  takenId,
  link,
  shared,
}: Places): readonly Screen[] => [
  { name: 'monitors', path: '/', ready: 'Monitors' },
  { name: 'monitors-deleted', path: '/', ready: 'Monitors', act: press(/^Show$/u) },
  { name: 'monitors-edit-many', path: '/', ready: 'Monitors', act: replayMany },
  { name: 'monitors-none-match', path: '/?search=nothing', ready: 'Monitors' },
  { name: 'import', path: '/monitors/import', ready: 'Import monitors' },
  { name: 'import-preview', path: '/monitors/import', ready: 'Import monitors', act: importSome },
  { name: 'new-monitor', path: '/monitors/new', ready: 'What should we watch?' },
  { name: 'new-monitor-advanced', path: '/monitors/new', ready: 'What should we watch?', act: press('Advanced') },
  { name: 'monitor', path: `/monitors/${shopId}`, ready: 'Shop' },
  { name: 'monitor-phases', path: `/monitors/${shopId}?chart=phase`, ready: 'Shop' },
  { name: 'monitor-welcome', path: `/monitors/${shopId}?welcome=yes`, ready: 'Shop', act: press('Send test') },
  { name: 'monitor-down', path: `/monitors/${downId}`, ready: 'Status endpoint' },
  {
    name: 'monitor-evidence',
    path: `/monitors/${downId}?verdict=down`,
    ready: 'Status endpoint',
    act: press(/HTTP 503/u),
  },
  {
    name: 'look-share',
    path: `/monitors/${downId}?verdict=down`,
    ready: 'Status endpoint',
    act: async (page) => {
      await press(/HTTP 503/u)(page);
      await press('Share this look')(page);
      await press('Make the link')(page);
    },
  },
  {
    name: 'log-times',
    path: `/monitors/${shopId}`,
    ready: 'Shop',
    act: async (page) => {
      await press('Any time')(page);
      await page.getByLabel('From').click();
    },
  },
  { name: 'shared-look', path: shared, ready: 'Status endpoint' },
  { name: 'shared-gone', path: '/s/none', ready: 'There is nothing to see here' },
  { name: 'monitor-marks', path: `/monitors/${shopId}?tab=marks`, ready: 'Shop' },
  { name: 'monitor-settings', path: `/monitors/${shopId}/settings`, ready: 'Settings' },
  { name: 'monitor-replayed', path: `/monitors/${shopId}/settings`, ready: 'Settings', act: replaySettings },
  { name: 'monitor-request', path: `/monitors/${checkoutId}/settings`, ready: 'Settings' },
  { name: 'monitor-degraded', path: `/monitors/${checkoutId}`, ready: 'Checkout API with a long and telling name' },
  { name: 'monitor-delete', path: `/monitors/${shopId}`, ready: 'Shop', act: press('Delete monitor') },
  { name: 'incidents', path: '/incidents', ready: 'Incidents' },
  { name: 'incidents-choose', path: '/incidents?status=open', ready: 'Incidents', act: tick },
  { name: 'incidents-none-fit', path: '/incidents?search=nothing&span=7d', ready: 'Incidents' },
  { name: 'incident-cleared', path: `/incidents/${clearedId}`, ready: '' },
  { name: 'incident-open', path: `/incidents/${openId}`, ready: '' },
  { name: 'incident-taken', path: `/incidents/${takenId}`, ready: '' },
  { name: 'incident-post-mortem', path: `/incidents/${takenId}`, ready: '', act: press('Write one') },
  { name: 'alerting', path: '/alerting', ready: 'Alerting' },
  { name: 'alerting-new', path: '/alerting', ready: 'Alerting', act: press('Add channel') },
  ...(['Slack', 'Discord', 'Webhook'] as const).map((kind) => ({
    name: `channel-new-${kind.toLowerCase()}`,
    path: '/alerting',
    ready: 'Alerting',
    act: addOfKind(kind),
  })),
  { name: 'channel-edit', path: '/alerting', ready: 'Alerting', act: chooseOf('On-call bot', 'Edit') },
  {
    name: 'channel-secret',
    path: '/alerting',
    ready: 'Alerting',
    act: chooseOf('On-call bot', 'Rotate signing secret'),
  },
  { name: 'channel-delete', path: '/alerting', ready: 'Alerting', act: chooseOf('On-call bot', 'Delete') },
  { name: 'channel-tested', path: '/alerting', ready: 'Alerting', act: testChannel },
  { name: 'deliveries', path: '/alerting?tab=deliveries', ready: 'Alerting' },
  {
    name: 'deliveries-opened',
    path: '/alerting?tab=deliveries&status=failed',
    ready: 'Alerting',
    act: press(/^Failed/u),
  },
  {
    name: 'deliveries-days',
    path: '/alerting?tab=deliveries&kind=webhook&from=2026-01-01',
    ready: 'Alerting',
  },
  { name: 'deliveries-none-fit', path: '/alerting?tab=deliveries&event=report.weekly&span=24h', ready: 'Alerting' },
  { name: 'escalation', path: '/alerting?tab=escalation', ready: 'Alerting' },
  { name: 'escalation-new', path: '/alerting?tab=escalation', ready: 'Alerting', act: press(/(?:new|add) policy/iu) },
  { name: 'escalation-edit', path: '/alerting?tab=escalation', ready: 'Alerting', act: editPolicy },
  { name: 'escalation-removed', path: '/alerting?tab=escalation', ready: 'Alerting', act: removeStep },
  { name: 'channel-quiet-hours', path: '/alerting', ready: 'Alerting', act: quietChannel },
  { name: 'on-call', path: '/alerting?tab=on-call', ready: 'Alerting' },
  {
    name: 'on-call-layers',
    path: '/alerting?tab=on-call',
    ready: 'Alerting',
    act: async (page) => {
      await press('Show the layers')(page);
      await press('Show as a list')(page);
    },
  },
  {
    name: 'on-call-take-over',
    path: '/alerting?tab=on-call',
    ready: 'Alerting',
    act: (page) => page.locator('[data-day][aria-current]').first().click(),
  },
  {
    name: 'on-call-edit',
    path: '/alerting?tab=on-call',
    ready: 'Alerting',
    act: async (page) => {
      await press('Edit Office hours')(page);
      await page.getByRole('button', { name: 'Save schedule' }).waitFor();
    },
  },
  { name: 'on-call-new', path: '/alerting?tab=on-call', ready: 'Alerting', act: press(/(?:new|add) schedule/iu) },
  { name: 'maintenance', path: '/maintenance', ready: 'Maintenance' },
  { name: 'maintenance-december', path: '/maintenance?month=2026-12', ready: 'Maintenance' },
  { name: 'maintenance-new', path: '/maintenance', ready: 'Maintenance', act: press('Plan maintenance') },
  { name: 'maintenance-details', path: '/maintenance', ready: 'Maintenance', act: press(/^New switches/u) },
  {
    name: 'maintenance-edit',
    path: '/maintenance',
    ready: 'Maintenance',
    act: async (page) => {
      await press('Edit Weekly updates')(page);
      await page.getByRole('button', { name: 'Save window' }).waitFor();
    },
  },
  { name: 'settings', path: '/settings', ready: 'Settings' },
  { name: 'settings-quiet-hours', path: '/settings', ready: 'Settings', act: quietYou },
  { name: 'settings-security', path: '/settings?tab=security', ready: 'Settings' },
  { name: 'settings-email', path: '/settings?tab=security', ready: 'Settings', act: press('Change address') },
  { name: 'settings-organisation', path: '/settings?tab=organisation', ready: 'Settings' },
  { name: 'link', path: link, ready: '' },
  { name: 'link-dead', path: '/l/none', ready: '' },
  { name: 'api-keys', path: '/api-keys', ready: 'API keys' },
  { name: 'api-keys-new', path: '/api-keys', ready: 'API keys', act: press('Make key') },
  { name: 'mails', path: '/mails', ready: 'Mails' },
  { name: 'not-found', path: '/nowhere', ready: '' },
  { name: 'palette', path: '/', ready: 'Monitors', act: (page) => page.keyboard.press('Control+k') },
  { name: 'shortcuts', path: '/', ready: 'Monitors', act: (page) => page.keyboard.press('?') },
  { name: 'views', path: '/', ready: 'Monitors', act: press('Views') },
  { name: 'wall', path: '/wall', ready: 'Wall' },
  { name: 'account-menu', path: '/', ready: 'Monitors', act: press(/Account menu/u) },
];

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
