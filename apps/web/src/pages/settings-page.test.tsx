import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { aMonitor, me, open, pageOf, problem, sentTo } from '../testing.fixture.tsx';

const you = async () => within(await screen.findByRole('region', { name: 'You' }));
const organisation = async () => within(await screen.findByRole('region', { name: 'Organisation' }));
const zone = async (field: HTMLElement, name: string): Promise<void> => {
  await userEvent.clear(field);
  await userEvent.type(field, name);
  await userEvent.click(await screen.findByRole('option', { name }));
};

test('the settings are one of the places of the dashboard', async () => {
  open('/settings', {});
  const navigation = await screen.findByRole('navigation', { name: 'Main' });
  expect(within(navigation).getByRole('link', { name: 'Settings' }).getAttribute('aria-current')).toBe('page');
});

test('the own zone is sent alone, and times are told in it', async () => {
  const { asked, router } = open('/settings', {
    'PATCH /v1/me': { body: { ...me, account: { ...me.account, timeZone: 'Asia/Tokyo' } } },
    'GET /v1/monitors': pageOf(aMonitor()),
    [`GET /v1/monitors/${aMonitor().id}`]: { body: aMonitor({ statusSince: '2026-11-23T05:00:00.000Z' }) },
  });
  const form = await you();
  await zone(form.getByRole('combobox', { name: 'Your time zone' }), 'Asia/Tokyo');
  await userEvent.click(form.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Times are told in Asia/Tokyo.')).toBeDefined();
  expect(await sentTo(asked, 'PATCH /v1/me')).toEqual({ timeZone: 'Asia/Tokyo' });
  await router.navigate({ to: '/monitors/$monitorId/settings', params: { monitorId: aMonitor().id } });
});

test('quiet hours are switched on with a night in the own zone', async () => {
  const { asked } = open('/settings', { 'PATCH /v1/me': { body: me } });
  const form = await you();
  await userEvent.click(form.getByRole('switch', { name: /^Quiet hours/u }));
  await userEvent.click(form.getByRole('button', { name: 'Save' }));
  await expect.poll(() => asked.some(({ method }) => method === 'PATCH')).toBe(true);
  expect(await sentTo(asked, 'PATCH /v1/me')).toEqual({
    quietHours: {
      timeZone: 'Europe/Berlin',
      windows: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', until: '07:00' }],
      except: ['down'],
    },
  });
});

test('quiet hours without a day are refused before anything is sent', async () => {
  const quietHours = { timeZone: 'UTC', windows: [{ days: [1], from: '22:00', until: '07:00' }], except: [] };
  const { asked } = open('/settings', { 'GET /v1/me': { body: { ...me, account: { ...me.account, quietHours } } } });
  const form = await you();
  await userEvent.click(form.getByRole('checkbox', { name: 'Mon' }));
  await userEvent.click(form.getByRole('button', { name: 'Save' }));
  expect((await form.findAllByText('Choose at least one day.')).length).toBeGreaterThan(0);
  expect(asked.some(({ method }) => method === 'PATCH')).toBe(false);
});

test('the organisation’s name and weekly report are sent as they were changed', async () => {
  const { asked } = open('/settings?tab=organisation', {
    'PATCH /v1/organisation': {
      body: { ...me, organisation: { ...me.organisation, name: 'Beacon', weeklyReport: false } },
    },
  });
  const form = await organisation();
  await userEvent.clear(form.getByLabelText('Name'));
  await userEvent.type(form.getByLabelText('Name'), 'Beacon');
  await userEvent.click(form.getByRole('switch', { name: /^Weekly report/u }));
  await userEvent.click(form.getByRole('button', { name: 'Save organisation' }));
  await expect.poll(() => sentTo(asked, 'PATCH /v1/organisation')).toEqual({ name: 'Beacon', weeklyReport: false });
});

test('how long the log is kept is sent as a number, and nothing that the server would refuse', async () => {
  const { asked } = open('/settings?tab=organisation', {
    'PATCH /v1/organisation': { body: { ...me, organisation: { ...me.organisation, logDays: 90 } } },
  });
  const form = await organisation();
  const days = form.getByLabelText('Keep the response log for');
  await userEvent.clear(days);
  await userEvent.click(form.getByRole('button', { name: 'Save organisation' }));
  await form.findByText('Between 1 and 400 days.');
  await userEvent.type(days, '90');
  await userEvent.click(form.getByRole('button', { name: 'Save organisation' }));
  await expect.poll(() => sentTo(asked, 'PATCH /v1/organisation')).toEqual({ logDays: 90 });
});

test('what the server says against it is shown', async () => {
  open('/settings?tab=organisation', { 'PATCH /v1/organisation': problem(403, 'forbidden', 'Only an owner may.') });
  const form = await organisation();
  await userEvent.click(form.getByRole('switch', { name: /^Weekly report/u }));
  await userEvent.click(form.getByRole('button', { name: 'Save organisation' }));
  expect((await screen.findByRole('alert')).textContent).toContain('Only an owner may. Nothing was saved.');
});

test('a member sees what holds for the organisation and can’t change it', async () => {
  open('/settings?tab=organisation', {
    'GET /v1/me': { body: { ...me, organisation: { ...me.organisation, role: 'member' } } },
  });
  const form = await organisation();
  expect(form.getByLabelText<HTMLInputElement>('Name').disabled).toBe(true);
  expect(form.getByText('Only an owner of the organisation can change this.')).toBeDefined();
});
