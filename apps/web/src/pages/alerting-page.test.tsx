import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { aChannel, aDelivery, at, connect, id, open, pageOf, problem, sentTo, tell } from '../testing.fixture.tsx';
import { channels, submit } from './channels.fixture.ts';
import { expectKept } from './kept-secret.fixture.ts';

test('while channels are loading the page says so', async () => {
  open('/alerting', { 'GET /v1/channels': () => new Promise(() => undefined) });
  expect(await screen.findByText('Loading channels')).toBeDefined();
});

test('without a channel the page says that nobody is told', async () => {
  open('/alerting', channels());
  expect(await screen.findByText('Nobody is told yet')).toBeDefined();
});

test('channels that can’t be loaded can be asked for again', async () => {
  let works = false;
  open('/alerting', { 'GET /v1/channels': () => (works ? pageOf(aChannel()) : problem(503, 'busy', 'Later.')) });
  const alert = await screen.findByRole('alert');
  works = true;
  await userEvent.click(within(alert).getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('On-call bot')).toBeDefined();
});

test('a test shows the receiver’s real answer as soon as it is there', async () => {
  let settled = false;
  const answer = { at, outcome: 'rejected' as const, answer: '410 Gone: no such hook', tookMs: 41 };
  open('/alerting', {
    ...channels(aChannel()),
    [`POST /v1/channels/${id(30)}/test`]: { status: 202, body: aDelivery() },
    [`GET /v1/deliveries/${id(40)}`]: () => ({
      body: settled ? aDelivery({ status: 'failed', attempts: [answer] }) : aDelivery(),
    }),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Send test' }));
  expect(await screen.findByText('On its way')).toBeDefined();
  settled = true;
  connect();
  tell('delivery.failed', { deliveryId: id(40), status: 'failed' });
  expect(await screen.findByText('410 Gone: no such hook')).toBeDefined();
});

test('each state of a channel is a word, with its reason, its owner and what holds it up', async () => {
  open(
    '/alerting',
    channels(
      aChannel({ status: 'broken', statusReason: 'the receiver answered 410 Gone', accountId: id(3) }),
      aChannel({ id: id(31), name: 'Ops', kind: 'email', target: 'ops@lighthouse.dev', status: 'unconfirmed' }),
      aChannel({ id: id(32), name: 'Phone', kind: 'sms', target: '+49', status: 'stopped' }),
      aChannel({ id: id(33), name: 'Busy', kind: 'discord', holdUntil: '2999-01-01T00:00:00.000Z' }),
    ),
  );
  const [broken, waiting, stopped, held] = await screen.findAllByRole('listitem');
  expect(broken?.textContent).toMatch(/of Bob.*Broken.*the receiver answered 410 Gone/u);
  expect(waiting?.textContent).toContain('Waiting for confirmation');
  expect(stopped?.textContent).toContain('Switched off');
  expect(held?.textContent).toMatch(/Active.*takes nothing right now, next try at/u);
});

test('a broken channel is used again, an unconfirmed one asked again', async () => {
  const { asked } = open('/alerting', {
    ...channels(
      aChannel({ status: 'broken', statusReason: 'gone' }),
      aChannel({ id: id(31), name: 'Ops', kind: 'email', status: 'unconfirmed' }),
    ),
    [`POST /v1/channels/${id(30)}/enable`]: { body: aChannel() },
    [`POST /v1/channels/${id(31)}/confirm`]: problem(409, 'too-soon', 'It was asked a minute ago.'),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Enable again' }));
  await userEvent.click(screen.getByRole('button', { name: 'Send the confirmation again' }));
  expect((await screen.findByRole('alert')).textContent).toContain('It was asked a minute ago.');
  expect(asked.some(({ url }) => url.endsWith('/enable'))).toBe(true);
});

test('editing sends only what was changed, with the version that was edited', async () => {
  const path = `/v1/channels/${id(30)}`;
  const { asked } = open('/alerting', {
    ...channels(aChannel()),
    [`GET ${path}`]: { body: aChannel({ template: '{"a":1}' }), headers: { etag: '"7"' } },
    [`PATCH ${path}`]: { body: aChannel({ name: 'Renamed' }) },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Actions for On-call bot' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Edit' }));
  const dialog = await screen.findByRole('dialog');
  await userEvent.clear(await within(dialog).findByLabelText('Name'));
  await userEvent.type(within(dialog).getByLabelText('Name'), 'Renamed');
  await submit(dialog, 'Save');
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
  expect(await sentTo(asked, `PATCH ${path}`)).toEqual({ name: 'Renamed' });
  expect(asked.find(({ method }) => method === 'PATCH')?.headers.get('if-match')).toBe('"7"');
});

test('a channel is pointed elsewhere without losing its template', async () => {
  const path = `/v1/channels/${id(30)}`;
  const { asked } = open('/alerting', {
    ...channels(aChannel()),
    [`GET ${path}`]: { body: aChannel({ template: '{"a":1}' }) },
    [`PATCH ${path}`]: { body: aChannel() },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Actions for On-call bot' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Edit' }));
  const dialog = await screen.findByRole('dialog');
  await userEvent.click(await within(dialog).findByRole('switch', { name: 'Change where it goes' }));
  await userEvent.type(within(dialog).getByLabelText('URL'), 'https://hooks.example.com/new');
  await submit(dialog, 'Save');
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
  expect(await sentTo(asked, `PATCH ${path}`)).toEqual({
    target: { kind: 'webhook', url: 'https://hooks.example.com/new', template: '{"a":1}' },
  });
});

test('a Slack bot is tested in another channel without its token being typed again', async () => {
  const bot = aChannel({ kind: 'slack', target: '#ops', interactionUrl: 'https://watch.test/v1/inbound/slack/x' });
  const { asked } = open('/alerting', {
    ...channels(bot),
    [`GET /v1/channels/${id(30)}`]: { body: bot },
    'POST /v1/channel-tests': { status: 202, body: aDelivery({ channelId: null }) },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Actions for On-call bot' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Edit' }));
  const dialog = await screen.findByRole('dialog');
  await userEvent.click(await within(dialog).findByRole('switch', { name: 'Change where it goes' }));
  await userEvent.type(within(dialog).getByLabelText('Channel'), '#night');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Send test' }));
  await expect
    .poll(() => sentTo(asked, 'POST /v1/channel-tests'))
    .toEqual({ target: { kind: 'slack', channel: '#night' }, channelId: id(30) });
});

test('a rotated secret is shown once, with how long the old one is good', async () => {
  open('/alerting', {
    ...channels(aChannel()),
    [`POST /v1/channels/${id(30)}/rotate-secret`]: {
      body: { signingSecret: 'whsec_new', oldSecretValidUntil: '2026-11-24T06:00:00.000Z' },
    },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Actions for On-call bot' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Rotate signing secret' }));
  const dialog = await screen.findByRole('dialog');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Make a new secret' }));
  expect(await within(dialog).findByText('whsec_new')).toBeDefined();
  expect(dialog.textContent).toContain('The old one is valid for 24 h');
  await expectKept(/^Signing secret of/u, 'whsec_new', 'Escape');
});

test('deleting names what is lost, asks first, and can be taken back', async () => {
  const { asked } = open('/alerting', {
    ...channels(aChannel()),
    [`DELETE /v1/channels/${id(30)}`]: { status: 204 },
    [`POST /v1/channels/${id(30)}/restore`]: { body: aChannel() },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Actions for On-call bot' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete' }));
  const dialog = await screen.findByRole('dialog');
  expect(dialog.textContent).toContain('https://hooks.example.com/…');
  expect(asked.some(({ method }) => method === 'DELETE')).toBe(false);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Delete channel' }));
  await expect.poll(() => asked.some(({ method }) => method === 'DELETE')).toBe(true);
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(await screen.findByText('Taken back')).toBeDefined();
  expect(asked.some(({ url }) => url.endsWith(`/v1/channels/${id(30)}/restore`))).toBe(true);
});

test('what came of the last message is told beside its channel, and comes in by itself', async () => {
  const last = { id: id(40), event: 'incident.opened', status: 'failed', at, answer: '410 Gone' } as const;
  let now = aChannel({ lastDelivery: last });
  open('/alerting', { ...channels(), 'GET /v1/channels': () => pageOf(now) });
  const row = await screen.findByRole('listitem');
  expect(row.textContent).toMatch(/Active.*Failed.*Incident opened.*410 Gone/u);
  expect(within(row).getByRole('link', { name: 'Incident opened' }).getAttribute('href')).toBe(
    `/alerting?tab=deliveries&channel=${id(30)}`,
  );
  connect();
  now = aChannel({ lastDelivery: { ...last, id: id(41), status: 'delivered', answer: '200 OK' } });
  tell('delivery.updated', { deliveryId: id(41), status: 'delivered' });
  expect(await screen.findByText('Delivered')).toBeDefined();
  expect(screen.queryByText('410 Gone')).toBeNull();
});

test('one that was stopped is pointed elsewhere; one of Telegram is linked again', async () => {
  const stopped = aChannel({ status: 'stopped', statusReason: 'its owner answered STOP', kind: 'sms', target: '+49' });
  const chat = aChannel({
    id: id(31),
    name: 'Chat',
    kind: 'telegram',
    status: 'broken',
    statusReason: 'bot was kicked',
  });
  const { asked } = open('/alerting', {
    ...channels(stopped, chat),
    [`GET /v1/channels/${id(30)}`]: { body: stopped, headers: { etag: '"7"' } },
    [`POST /v1/channels/${id(31)}/confirm`]: { body: { ...chat, status: 'unconfirmed' } },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Link again' }));
  await expect.poll(() => asked.some(({ url }) => url.endsWith('/confirm'))).toBe(true);
  expect(screen.getByText('its owner answered STOP')).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: 'Change the address' }));
  expect(await within(await screen.findByRole('dialog')).findByLabelText('Phone number')).toBeDefined();
});

test('before a channel is deleted the policies that name it are told', async () => {
  const steps = [{ waitMs: 0, targets: [{ kind: 'channel', channelId: id(30) }] }];
  const policy = { id: id(50), name: 'Night', isDefault: false, tags: [], steps, repeatTimes: 0, repeatAfterMs: 0 };
  open('/alerting', {
    ...channels(aChannel()),
    'GET /v1/escalation-policies': pageOf(
      { ...policy, remindEveryMs: null, createdAt: at, updatedAt: at },
      { ...policy, id: id(51), name: 'Day', steps: [{ waitMs: 0, targets: [{ kind: 'everyone' }] }] },
    ),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Actions for On-call bot' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete' }));
  const dialog = await screen.findByRole('dialog');
  expect(await within(dialog).findByText(/policy Night names it/u)).toBeDefined();
  expect(dialog.textContent).not.toContain('Day');
});
