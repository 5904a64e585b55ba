import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { connect, id, open, pageOf, problem, tell } from '../testing.fixture.tsx';

const at = '2026-11-23T06:00:00.000Z';
const channel = {
  id: id(30),
  name: 'On-call bot',
  kind: 'webhook',
  target: 'https://hooks.example.com/…',
  createdAt: at,
  updatedAt: at,
};
const delivery = {
  id: id(40),
  event: 'channel.test',
  incidentId: null,
  channelId: id(30),
  channelName: 'On-call bot',
  kind: 'webhook',
  status: 'pending',
  createdAt: at,
  nextAttemptAt: at,
  settledAt: null,
  attempts: [],
};

test('without a channel the page says that nobody is told', async () => {
  open('/alerting', { 'GET /v1/channels': pageOf() });
  expect(await screen.findByText('Nobody is told yet')).toBeDefined();
});

test('a test shows the receiver’s real answer as soon as it is there', async () => {
  let settled = false;
  const answer = { at, outcome: 'rejected', answer: '410 Gone: no such hook', tookMs: 41 };
  open('/alerting', {
    'GET /v1/channels': pageOf(channel),
    [`POST /v1/channels/${id(30)}/test`]: { status: 202, body: delivery },
    [`GET /v1/deliveries/${id(40)}`]: () => ({
      body: settled ? { ...delivery, status: 'failed', attempts: [answer] } : delivery,
    }),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Send test' }));
  expect(await screen.findByText('On its way')).toBeDefined();
  settled = true;
  connect();
  tell('delivery.failed', { deliveryId: id(40), status: 'failed' });
  expect(await screen.findByText('410 Gone: no such hook')).toBeDefined();
});

test('a webhook’s signing secret is shown once, and the field that is wrong is named', async () => {
  let good = false;
  open('/alerting', {
    'GET /v1/channels': pageOf(channel),
    'POST /v1/channels': () =>
      good
        ? { status: 201, body: { ...channel, signingSecret: 'whsec_abc' } }
        : problem(400, 'validation-failed', 'One field is wrong.', [
            { pointer: '/target/url', code: 'address-denied', detail: 'This address is private.' },
          ]),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Add channel' }));
  const dialog = await screen.findByRole('dialog');
  await userEvent.click(within(dialog).getByRole('radio', { name: 'Webhook' }));
  await userEvent.type(within(dialog).getByLabelText('URL'), 'https://hooks.example.com/x');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Add channel' }));
  expect(await within(dialog).findByText('This address is private.')).toBeDefined();
  good = true;
  await userEvent.type(within(dialog).getByLabelText('URL'), 'y');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Add channel' }));
  expect(await within(dialog).findByText('whsec_abc')).toBeDefined();
});
