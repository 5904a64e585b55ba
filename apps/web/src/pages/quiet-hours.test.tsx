import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { aChannel, id, me, open, pageOf, problem, sentTo } from '../testing.fixture.tsx';
import { preview, previewed } from './escalation.fixture.ts';

const calm = { timeout: 4_000 };
const everyDay = [1, 2, 3, 4, 5, 6, 7];
const night = {
  timeZone: 'Europe/Berlin',
  windows: [{ days: everyDay, from: '22:00', until: '07:00' }],
  except: ['down' as const],
};
const account = { ...me.account, clock: '24h', quietHours: night };
const mine = { 'GET /v1/me': { body: { ...me, account } }, [previewed]: preview };
const picture = (): Promise<HTMLElement> => screen.findByRole('img', { name: /^Messages wait|^No quiet time/u });

test('the week’s picture says in words when messages wait', async () => {
  open('/settings', mine);
  expect((await picture()).getAttribute('aria-label')).toBe(
    'Messages wait: Every day from 22:00 to 07:00 on the next day (Europe/Berlin)',
  );
  await userEvent.click(screen.getByRole('checkbox', { name: 'Sat' }));
  await userEvent.click(screen.getByRole('checkbox', { name: 'Sun' }));
  expect((await picture()).getAttribute('aria-label')).toContain('Mon–Fri from 22:00 to 07:00 on the next day');
});

test('hours that are as they were are not replayed, hours that differ are, as exactly what would be saved', async () => {
  const { asked } = open('/settings', mine);
  await picture();
  expect(screen.queryByText('Replayed over the last 30 days')).toBeNull();
  await userEvent.click(screen.getByRole('checkbox', { name: 'Sun' }));
  expect(screen.getByText('Replayed over the last 30 days')).toBeDefined();
  const windows = [{ ...night.windows[0], days: [1, 2, 3, 4, 5, 6] }];
  await expect
    .poll(() => sentTo(asked, previewed), calm)
    .toEqual({
      change: { kind: 'quiet-hours', channelId: null, quietHours: { ...night, windows } },
    });
});

test('hours that could not be saved are not replayed', async () => {
  const windows = [{ days: [7], from: '22:00', until: '07:00' }];
  const { asked } = open('/settings', {
    ...mine,
    'GET /v1/me': { body: { ...me, account: { ...account, quietHours: { ...night, windows } } } },
  });
  await picture();
  await userEvent.click(screen.getByRole('checkbox', { name: 'Sun' }));
  expect((await picture()).getAttribute('aria-label')).toBe('No quiet time yet');
  expect(screen.getByText(/Once the fields are filled in/u)).toBeDefined();
  expect(await sentTo(asked, previewed)).toBeUndefined();
});

test('those of a channel are replayed for that channel, switched off ones as none', async () => {
  const channel = aChannel({ quietHours: night });
  const { asked } = open('/alerting', {
    [previewed]: problem(503, 'busy', 'Later.'),
    'GET /v1/channels': pageOf(channel),
    [`GET /v1/channels/${id(30)}`]: { body: channel },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Actions for On-call bot' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Edit' }));
  const dialog = await screen.findByRole('dialog');
  await userEvent.click(await within(dialog).findByRole('switch', { name: /^Quiet hours/u }));
  await expect
    .poll(() => sentTo(asked, previewed), calm)
    .toEqual({
      change: { kind: 'quiet-hours', channelId: id(30), quietHours: null },
    });
  expect((await within(dialog).findByRole('alert')).textContent).toContain('The replay failed. Later.');
});

test('a channel that is not made yet has nothing to replay', async () => {
  const { asked } = open('/alerting', { 'GET /v1/channels': pageOf() });
  await userEvent.click(await screen.findByRole('button', { name: 'Add channel' }));
  const dialog = await screen.findByRole('dialog');
  await userEvent.click(await within(dialog).findByRole('radio', { name: 'E-mail' }));
  await userEvent.click(await within(dialog).findByRole('button', { name: 'Name, owner and quiet hours' }));
  await userEvent.click(await within(dialog).findByRole('switch', { name: /^Quiet hours/u }));
  expect(await picture()).toBeDefined();
  expect(screen.queryByText('Replayed over the last 30 days')).toBeNull();
  expect(await sentTo(asked, previewed)).toBeUndefined();
});
