import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { aChannel, aDelivery, at, connect, id, open, problem, sentTo, tell } from '../testing.fixture.tsx';
import { addChannel, channels, submit } from './channels.fixture.ts';
import { expectKept } from './kept-secret.fixture.ts';

type Fill = readonly (readonly [string, string])[];
const forms: readonly (readonly [string, Fill, object])[] = [
  ['E-mail', [['Address', 'ops@lighthouse.dev']], { kind: 'email', address: 'ops@lighthouse.dev' }],
  ['SMS', [['Phone number', '+49 151 12345678']], { kind: 'sms', phone: '+49 151 12345678' }],
  ['Voice call', [['Phone number', '+49 151 12345678']], { kind: 'voice', phone: '+49 151 12345678' }],
  [
    'Slack',
    [
      ['Channel', '#ops'],
      ['Bot token', 'xoxb-1'],
      ['Signing secret', 'shh'],
    ],
    { kind: 'slack', channel: '#ops', token: 'xoxb-1', signingSecret: 'shh' },
  ],
  [
    'Discord',
    [['Webhook URL', 'https://discord.com/api/webhooks/1/x']],
    { kind: 'discord', webhookUrl: 'https://discord.com/api/webhooks/1/x' },
  ],
];
test.each(forms)(
  '%s is tested before it is saved, and both send exactly what the form says',
  async (kind, fill, target) => {
    const answer = { at, outcome: 'rejected' as const, answer: 'channel_not_found: invite the bot', tookMs: 12 };
    const { asked } = open('/alerting', {
      ...channels(),
      'POST /v1/channel-tests': { status: 202, body: aDelivery({ channelId: null }) },
      [`GET /v1/deliveries/${id(40)}`]: { body: aDelivery({ status: 'failed', attempts: [answer] }) },
      'POST /v1/channels': { status: 201, body: { ...aChannel(), signingSecret: null } },
    });
    const dialog = await addChannel(kind);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Send test' }));
    expect(await sentTo(asked, 'POST /v1/channel-tests')).toBeUndefined();
    for (const [label, text] of fill) await userEvent.type(within(dialog).getByLabelText(label), text);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Send test' }));
    connect();
    tell('delivery.failed', { deliveryId: id(40), status: 'failed' });
    expect(await within(dialog).findByText('channel_not_found: invite the bot')).toBeDefined();
    expect(await sentTo(asked, 'POST /v1/channel-tests')).toEqual({ target });
    await submit(dialog);
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
    expect(await sentTo(asked, 'POST /v1/channels')).toEqual({ target });
  },
);

test('a webhook’s signing secret is shown once, and the field that is wrong is named', async () => {
  let good = false;
  const { asked } = open('/alerting', {
    ...channels(aChannel()),
    'POST /v1/channels': () =>
      good
        ? { status: 201, body: { ...aChannel(), signingSecret: 'whsec_abc' } }
        : problem(400, 'validation-failed', 'One field is wrong.', [
            { pointer: '/target/url', code: 'address-denied', detail: 'This address is private.' },
          ]),
  });
  const dialog = await addChannel('Webhook');
  await userEvent.type(within(dialog).getByLabelText('URL'), 'https://hooks.example.com/x');
  await submit(dialog);
  expect(await within(dialog).findByText('This address is private.')).toBeDefined();
  good = true;
  await userEvent.type(within(dialog).getByLabelText('URL'), 'y');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Advanced' }));
  await userEvent.click(await within(dialog).findByRole('button', { name: 'Add header' }));
  await userEvent.type(within(dialog).getByLabelText('Name of header 1'), 'X-Team');
  await userEvent.type(within(dialog).getByLabelText('Value of header 1'), 'ops');
  await submit(dialog);
  expect(await within(dialog).findByText('whsec_abc')).toBeDefined();
  await expectKept('The signing secret', 'whsec_abc', 'Escape');
  expect(await sentTo(asked, 'POST /v1/channels')).toEqual({
    target: { kind: 'webhook', url: 'https://hooks.example.com/xy', headers: { 'X-Team': 'ops' } },
  });
});

test('Slack’s incoming webhook is sent without a bot’s fields', async () => {
  const { asked } = open('/alerting', {
    ...channels(),
    'POST /v1/channels': { status: 201, body: { ...aChannel(), signingSecret: null } },
  });
  const dialog = await addChannel('Slack');
  await userEvent.type(within(dialog).getByLabelText('Bot token'), 'xoxb-1');
  await userEvent.click(within(dialog).getByRole('radio', { name: 'Incoming webhook' }));
  await userEvent.type(within(dialog).getByLabelText('Webhook URL'), 'https://hooks.slack.com/services/T/B/x');
  await submit(dialog);
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
  expect(await sentTo(asked, 'POST /v1/channels')).toEqual({
    target: { kind: 'slack', webhookUrl: 'https://hooks.slack.com/services/T/B/x' },
  });
});

test('a name, an owner and quiet hours go along when they are given', async () => {
  const { asked } = open('/alerting', {
    ...channels(),
    'POST /v1/channels': { status: 201, body: { ...aChannel(), signingSecret: null } },
  });
  const dialog = await addChannel('E-mail');
  await userEvent.type(within(dialog).getByLabelText('Address'), 'bob@lighthouse.dev');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Name, owner and quiet hours' }));
  await within(dialog).findByRole('combobox', { name: 'Owner' }); // what is opened here is loaded first
  const name = within(dialog).getByLabelText('Name');
  await userEvent.type(name, 'Bob by mail');
  await expect.poll(() => name).toHaveProperty('value', 'Bob by mail');
  await userEvent.click(within(dialog).getByRole('combobox', { name: 'Owner' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Bob' }));
  await userEvent.click(within(dialog).getByRole('switch', { name: /^Quiet hours/u }));
  await userEvent.click(within(dialog).getByRole('checkbox', { name: 'Sun' }));
  await userEvent.click(within(dialog).getByRole('checkbox', { name: 'Degraded' }));
  await submit(dialog);
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
  expect(await sentTo(asked, 'POST /v1/channels')).toEqual({
    target: { kind: 'email', address: 'bob@lighthouse.dev' },
    name: 'Bob by mail',
    accountId: id(3),
    quietHours: {
      timeZone: 'Europe/Berlin',
      windows: [{ days: [1, 2, 3, 4, 5, 6], from: '22:00', until: '07:00' }],
      except: ['down', 'degraded'],
    },
  });
});

test('a kind this installation lacks can’t be chosen and says why', async () => {
  open('/alerting', {
    ...channels(),
    'GET /v1/channel-kinds': {
      body: {
        items: [
          { kind: 'email', available: true, reason: null },
          { kind: 'sms', available: false, reason: 'Set TWILIO_ACCOUNT_SID.' },
        ],
      },
    },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Add channel' }));
  const sms = await screen.findByRole('radio', { name: /SMS/u });
  expect(sms.textContent).toContain('Set TWILIO_ACCOUNT_SID.');
  expect(sms.hasAttribute('disabled')).toBe(true);
});

test('Telegram is added first, then linked, and the page hears when it is', async () => {
  let linked = false;
  const telegram = aChannel({
    kind: 'telegram',
    target: 'a Telegram chat',
    status: 'unconfirmed',
    linkUrl: 'https://t.me/farwatch_bot?start=abc123',
  });
  const { asked } = open('/alerting', {
    ...channels(),
    'POST /v1/channels': { status: 201, body: { ...telegram, signingSecret: null } },
    [`GET /v1/channels/${id(30)}`]: () => ({
      body: linked ? { ...telegram, status: 'active', target: 'Ops chat', linkUrl: null } : telegram,
    }),
  });
  const dialog = await addChannel('Telegram');
  expect(within(dialog).queryByRole('button', { name: 'Send test' })).toBeNull();
  await submit(dialog, 'Add and link');
  const link = await within(dialog).findByRole('link', { name: /Open Telegram/u });
  expect(link.getAttribute('href')).toBe('https://t.me/farwatch_bot?start=abc123');
  expect(within(dialog).getByText('/start abc123')).toBeDefined();
  expect(await sentTo(asked, 'POST /v1/channels')).toEqual({ target: { kind: 'telegram' } });
  linked = true;
  expect(await within(dialog).findByText('Linked with Ops chat')).toBeDefined();
});

test('what is wrong with a field that is folded away unfolds it', async () => {
  const errors = [{ pointer: '/name', code: 'taken', detail: 'Another channel is called that.' }];
  open('/alerting', { ...channels(), 'POST /v1/channels': problem(400, 'validation-failed', 'Not so.', errors) });
  const [first] = await screen.findAllByRole('button', { name: 'Add channel' });
  await userEvent.click(first ?? document.body);
  const dialog = await screen.findByRole('dialog');
  await userEvent.type(await within(dialog).findByLabelText('Address'), 'ops@lighthouse.dev');
  const folded = within(dialog).getByRole('button', { name: 'Name, owner and quiet hours' });
  expect(folded.getAttribute('aria-expanded')).toBe('false');
  await submit(dialog);
  expect(await within(dialog).findByText('Another channel is called that.')).toBeDefined();
  expect(folded.getAttribute('aria-expanded')).toBe('true');
});
