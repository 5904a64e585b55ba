import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { aDelivery, at, id, open, pageOf, problem } from '../testing.fixture.tsx';

const path = '/alerting?tab=deliveries';
const log = (...all: readonly unknown[]) => ({ 'GET /v1/deliveries': pageOf(...all) });
const done = { settledAt: at, nextAttemptAt: null };

test('while nothing was sent the log says what it is for', async () => {
  open(path, log());
  expect(await screen.findByText('No delivery yet')).toBeDefined();
});

test('a log that can’t be loaded says so', async () => {
  open(path, { 'GET /v1/deliveries': problem(503, 'busy', 'Later.') });
  expect((await screen.findByRole('alert')).textContent).toContain('Deliveries could not be loaded');
});

test('each state is told in words: taken, dropped with its reason, waiting, told together', async () => {
  open(path, {
    ...log(
      aDelivery({ id: id(41), event: 'incident.opened', kind: 'sms', status: 'accepted', ...done }),
      aDelivery({ id: id(42), event: 'incident.reminder', status: 'dropped', reason: 'it had cleared', ...done }),
      aDelivery({ id: id(43), event: 'incident.escalated', reason: 'quiet hours' }),
      aDelivery({ id: id(44), event: 'incident.opened', status: 'delivered', bundledWith: id(41), ...done }),
    ),
    [`GET /v1/deliveries/${id(41)}`]: { body: aDelivery({ id: id(41), event: 'incident.opened' }) },
  });
  const rows = await screen.findAllByRole('listitem');
  expect(rows[0]?.textContent).toContain('Taken, not confirmed yet');
  expect(rows[1]?.textContent).toMatch(/Dropped.*it had cleared/u);
  await userEvent.click(screen.getByRole('button', { name: /Incident escalated/u }));
  expect(rows[2]?.textContent).toContain('It waits: quiet hours');
  await userEvent.click(screen.getByRole('button', { name: /told together/u }));
  expect((await within(rows[3] ?? document.body).findByText(/Told together with/u)).textContent).toContain(
    '“Incident opened”',
  );
});

test('a failed delivery is sent again, and a delivered webhook replayed; nothing else is', async () => {
  const attempt = { at, outcome: 'rejected' as const, answer: '410 Gone', tookMs: 12 };
  const { asked } = open(path, {
    ...log(
      aDelivery({ id: id(41), kind: 'slack', status: 'failed', attempts: [attempt], ...done }),
      aDelivery({ id: id(42), kind: 'webhook', status: 'delivered', event: 'incident.opened', ...done }),
      aDelivery({ id: id(43), kind: 'email', status: 'delivered', event: 'incident.resolved', ...done }),
    ),
    [`POST /v1/deliveries/${id(41)}/resend`]: { status: 202, body: aDelivery({ id: id(41) }) },
    [`POST /v1/deliveries/${id(42)}/resend`]: problem(409, 'channel-gone', 'Its channel was deleted.'),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Send again' }));
  await userEvent.click(screen.getByRole('button', { name: /Incident opened/u }));
  await userEvent.click(screen.getByRole('button', { name: 'Replay' }));
  expect((await screen.findByRole('alert')).textContent).toContain('Its channel was deleted.');
  await userEvent.click(screen.getByRole('button', { name: /Incident cleared/u }));
  expect(screen.getAllByRole('button', { name: /Send again|Replay/u })).toHaveLength(2);
  expect(asked.filter(({ url }) => url.endsWith('/resend'))).toHaveLength(2);
});

test('the chosen state stands in the URL and is asked for', async () => {
  const { asked, router } = open(path, log());
  await userEvent.click(await screen.findByRole('radio', { name: 'Not confirmed' }));
  await expect.poll(() => router.state.location.href).toBe('/alerting?tab=deliveries&status=accepted');
  await expect.poll(() => asked.some(({ url }) => url.includes('status=accepted'))).toBe(true);
});
