import { createBrowserHistory, type RouterHistory } from '@tanstack/react-router';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, expect, test } from 'vitest';
import { aChannel, aMonitor, anIncident, id, type Network, open, pageOf } from '../testing.fixture.tsx';
import { addChannel, channels, submit } from './channels.fixture.ts';
import { theDiagnosis } from './incident-diagnosis.fixture.ts';

// Loaded on demand; on a busy machine the first time takes longer than a test waits.
beforeAll(async () => {
  await import('../features/maintenance/window-editor.tsx');
  await import('../features/channels/edit-channel.tsx');
  await import('../ui/confirm-dialog.tsx');
}, 60_000);

const incident = `/v1/incidents/${id(20)}`;
const ofIncident: Network = {
  [`GET ${incident}`]: {
    body: { ...anIncident(), spans: [], codes: [], regionBounds: [], marks: [], children: [] },
  },
  [`GET ${incident}/comments`]: pageOf(),
  [`GET ${incident}/decisions`]: pageOf(),
  [`GET ${incident}/logs`]: { body: { items: [] } },
  [`GET ${incident}/diagnosis`]: { body: theDiagnosis() },
  'GET /v1/deliveries': pageOf(),
};
const windows: Network = {
  'GET /v1/maintenance-windows': pageOf(),
  'GET /v1/maintenance-occurrences': { body: { items: [], isCut: false } },
};

type Field = HTMLInputElement | HTMLTextAreaElement;
const question = () => screen.findByRole('dialog', { name: 'Leave without saving?' });
const answer = async (name: string): Promise<void> =>
  userEvent.click(within(await question()).getByRole('button', { name }));
const isAsked = (): boolean => screen.queryByRole('dialog', { name: 'Leave without saving?' }) !== null;

const onPages: readonly (readonly [string, string, string | RegExp, Network])[] = [
  ['a new monitor', '/monitors/new', 'URL', {}],
  [
    'a monitor’s settings',
    `/monitors/${id(10)}/settings`,
    'Name',
    { [`GET /v1/monitors/${id(10)}`]: { body: aMonitor() } },
  ],
  ['a comment', `/incidents/${id(20)}`, 'Comment', ofIncident],
  ['pasted log lines', `/incidents/${id(20)}`, /^Lines of your gateway/u, ofIncident],
  ['a list to import', '/monitors/import', 'URLs, or the text of a file', {}],
];
test.each(onPages)('%s isn’t left unasked; what is untouched is', async (_, path, label, network) => {
  const { router } = open(path, { ...network, 'GET /v1/channels': pageOf() });
  await userEvent.type(await screen.findByLabelText<Field>(label), 'mine');
  await userEvent.click(screen.getByRole('link', { name: 'Alerting' }));
  await answer('Cancel');
  expect(router.state.location.pathname).toBe(path);
  expect((await screen.findByLabelText<Field>(label)).value).toMatch(/mine$/u);
  await userEvent.click(screen.getByRole('link', { name: 'Alerting' }));
  await answer('Leave, and lose it');
  await screen.findByRole('heading', { name: 'Alerting' });
  router.history.push(path);
  await screen.findByLabelText(label);
  await userEvent.click(screen.getByRole('link', { name: 'Alerting' }));
  await screen.findByRole('heading', { name: 'Alerting' });
  expect(isAsked()).toBe(false);
});

test('another part of the same page is no leaving', async () => {
  const { router } = open(`/incidents/${id(20)}`, ofIncident);
  await userEvent.type(await screen.findByLabelText('Comment'), 'mine');
  await router.navigate({ to: '.', hash: 'comments' });
  expect(router.state.location.hash).toBe('comments');
  expect(isAsked()).toBe(false);
});

const planned = async (history?: RouterHistory) => {
  const { router } = open('/maintenance', windows, history);
  await userEvent.click(await screen.findByRole('button', { name: 'Plan maintenance' }));
  await userEvent.type(await screen.findByLabelText('Name'), 'Mine');
  return router;
};
const name = () => screen.getByLabelText<HTMLInputElement>('Name').value;

test('Escape, Cancel and the cross ask before a half-written window goes; Escape again stays with it', async () => {
  const router = await planned();
  await userEvent.keyboard('{Escape}');
  await question();
  await userEvent.keyboard('{Escape}');
  await expect.poll(isAsked).toBe(false);
  for (const press of ['Close', 'Cancel']) {
    await userEvent.click(screen.getByRole('button', { name: press }));
    await answer('Cancel');
    expect(name()).toBe('Mine');
  }
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  await answer('Leave, and lose it');
  await expect.poll(() => router.state.location.search).toEqual({});
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
});

test('the back button asks before a half-written window goes', async () => {
  // Going back in memory asks nobody.
  window.history.replaceState(null, '', '/maintenance');
  const history = createBrowserHistory();
  const router = await planned(history);
  router.history.back();
  await answer('Cancel');
  expect(name()).toBe('Mine');
  router.history.back();
  await answer('Leave, and lose it');
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
  expect(router.state.location.href).toBe('/maintenance');
  history.destroy();
});

test('a half-written channel isn’t lost by Escape; one that is added is closed unasked', async () => {
  open('/alerting', {
    ...channels(),
    'POST /v1/channels': { status: 201, body: { ...aChannel({ kind: 'email' }), signingSecret: null } },
  });
  const dialog = await addChannel('E-mail');
  await userEvent.type(within(dialog).getByLabelText('Address'), 'ops@lighthouse.dev');
  await userEvent.keyboard('{Escape}');
  await answer('Cancel');
  await submit(dialog);
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
});

test('a channel that is being changed isn’t lost by Escape, and closed at once when nothing was', async () => {
  open('/alerting', {
    ...channels(aChannel()),
    [`GET /v1/channels/${id(30)}`]: { body: aChannel(), headers: { etag: '"1"' } },
  });
  const edit = async (): Promise<void> => {
    await userEvent.click(await screen.findByRole('button', { name: 'Actions for On-call bot' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Edit' }));
    await screen.findByLabelText('Name');
  };
  await edit();
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
  await edit();
  await userEvent.type(screen.getByLabelText('Name'), '!');
  await userEvent.keyboard('{Escape}');
  await answer('Cancel');
  expect(name()).toBe('On-call bot!');
});

const keys: Network = { 'GET /v1/api-keys': pageOf() };
const monitors: Network = { 'GET /v1/monitors': pageOf(aMonitor()), 'GET /v1/saved-views': { body: { items: [] } } };
const shortForms: readonly (readonly [string, string, Network, () => Promise<void>])[] = [
  ['a key', '/api-keys', keys, async () => userEvent.click(await screen.findByRole('button', { name: 'Make a key' }))],
  [
    'a saved view',
    '/',
    monitors,
    async () => {
      await userEvent.click(await screen.findByRole('button', { name: /^Views?/u }));
      await userEvent.click(await screen.findByRole('menuitem', { name: 'Save this view' }));
    },
  ],
];
test.each(shortForms)(
  '%s that is half typed isn’t lost by Escape unasked; what is untouched is',
  async (_, path, network, begin) => {
    open(path, network);
    await begin();
    await screen.findByLabelText('Name');
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => screen.queryByLabelText('Name')).toBeNull();
    expect(isAsked()).toBe(false);
    await begin();
    await userEvent.type(await screen.findByLabelText('Name'), 'mine');
    await userEvent.keyboard('{Escape}');
    await answer('Cancel');
    expect((await screen.findByLabelText<Field>('Name')).value).toBe('mine');
    await userEvent.keyboard('{Escape}');
    await answer('Leave, and lose it');
    await expect.poll(() => screen.queryByLabelText('Name')).toBeNull();
  },
);
