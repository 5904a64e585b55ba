import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { anIncident, connect, id, type Network, open, pageOf, problem, sentTo, tell } from '../testing.fixture.tsx';
import { aLog, theDiagnosis } from './incident-diagnosis.fixture.ts';

const path = `/v1/incidents/${id(20)}`;
const isOpen = anIncident({ status: 'open', resolvedAt: null, endReason: null, durationMs: null });
const none = { incidentId: id(20), shown: null, versions: [], feedback: [] };
const show = (more: Network, incident: object = isOpen) =>
  open(`/incidents/${id(20)}`, {
    [`GET ${path}`]: { body: { ...incident, spans: [], marks: [], children: [] } },
    [`GET ${path}/comments`]: pageOf(),
    [`GET ${path}/decisions`]: pageOf(),
    [`GET ${path}/logs`]: { body: { items: [] } },
    [`GET ${path}/diagnosis`]: { body: theDiagnosis() },
    'GET /v1/deliveries': pageOf(),
    ...more,
  });
const panel = () => screen.findByRole('region', { name: 'Who broke it, and what now' });

test('who broke it, how sure that is, what to do first and what was seen', async () => {
  show({});
  const shown = within(await panel());
  expect(await shown.findByText('nginx answered 502 at once.')).toBeDefined();
  expect(shown.getByText('Open')).toBeDefined();
  expect(shown.getByText(/likely that it was the origin \(76 %\)/u)).toBeDefined();
  const way = within(shown.getByRole('list', { name: 'The way of a request, and who broke' })).getAllByRole('listitem');
  expect(way.map(({ textContent }) => textContent)).toEqual([
    expect.stringContaining('Visitor'),
    expect.stringContaining('Cloudflare'),
    expect.stringMatching(/nginx.*wrote the answer/u),
    expect.stringMatching(/Origin.*probably broke/u),
  ]);
  expect(shown.getByText('Start the application again.')).toBeDefined();
  expect(shown.getByText('ss -ltnp')).toBeDefined();
  const causes = within(shown.getByRole('list', { name: /Causes that fit/u })).getAllByRole('listitem');
  expect(causes.map(({ textContent }) => textContent)).toEqual([
    expect.stringMatching(/30 %.*Origin not listening/u),
    expect.stringMatching(/13 %.*Origin closed early/u),
  ]);
  const seen = within(shown.getByRole('list', { name: 'What was seen' }));
  expect(seen.getByRole('link', { name: 'The check from fra' }).getAttribute('href')).toContain(`/monitors/${id(10)}?`);
  expect(shown.getByText(/This site has trouble answering/u)).toBeDefined();
  expect(shown.getByText(/the application answers directly/u)).toBeDefined();
});

test('a command is copied', async () => {
  const user = userEvent.setup();
  show({});
  await user.click(await screen.findByRole('button', { name: 'Copy the command' }));
  expect(await screen.findByRole('button', { name: 'Copied' })).toBeDefined();
  expect(await navigator.clipboard.readText()).toBe('ss -ltnp');
});

test('an incident that has just opened says that it is being worked out, and shows it when it comes', async () => {
  let body: object = none;
  show({ [`GET ${path}/diagnosis`]: () => ({ body }) });
  expect(await screen.findByText('It is being worked out')).toBeDefined();
  body = theDiagnosis();
  connect();
  tell('incident.updated', isOpen);
  expect(await screen.findByText('nginx answered 502 at once.')).toBeDefined();
});

test('an old incident has none, and says so', async () => {
  show({ [`GET ${path}/diagnosis`]: { body: none } }, anIncident());
  expect(await screen.findByText('This incident has no diagnosis')).toBeDefined();
});

test('what can’t be loaded says so, and can be tried again', async () => {
  let answer: object = problem(503, 'busy', 'Later.');
  show({ [`GET ${path}/diagnosis`]: () => answer });
  expect(await screen.findByText('The diagnosis could not be loaded')).toBeDefined();
  answer = { body: theDiagnosis() };
  await userEvent.click(within(await panel()).getByRole('button', { name: /again/iu }));
  expect(await screen.findByText('nginx answered 502 at once.')).toBeDefined();
});

test('an older version is shown when it is picked', async () => {
  show({
    [`GET ${path}/diagnosis`]: ({ url }) => ({
      body: url.includes('version=1') ? theDiagnosis({ summary: 'It was read so at first.' }, 1) : theDiagnosis(),
    }),
  });
  await userEvent.click(await screen.findByRole('combobox', { name: 'Version of the diagnosis' }));
  await userEvent.click(await screen.findByRole('option', { name: /when it opened/u }));
  expect(await screen.findByText('It was read so at first.')).toBeDefined();
});

test('somebody says that it was right, or what it was instead', async () => {
  const { asked } = show({ [`PUT ${path}/diagnosis/feedback`]: { body: {} } });
  await userEvent.click(await screen.findByRole('button', { name: 'Right' }));
  await expect.poll(() => sentTo(asked, `PUT ${path}/diagnosis/feedback`)).toEqual({ verdict: 'right', version: 2 });
  await userEvent.click(screen.getByRole('button', { name: 'Wrong' }));
  await userEvent.click(screen.getByRole('combobox', { name: 'What was it?' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Origin timeout' }));
  await userEvent.type(screen.getByLabelText('In a sentence'), 'A slow report.');
  await userEvent.click(screen.getByRole('button', { name: 'Send' }));
  await expect
    .poll(() => sentTo(asked, `PUT ${path}/diagnosis/feedback`))
    .toEqual({ verdict: 'wrong', version: 2, cause: 'origin-timeout', note: 'A slow report.' });
});

test('pasted lines are sent as they are, and what was read of them is shown as text', async () => {
  let items: readonly object[] = [];
  const { asked } = show({
    [`GET ${path}/logs`]: () => ({ body: { items } }),
    [`POST ${path}/logs`]: () => {
      items = [aLog()];
      return { status: 201, body: aLog() };
    },
    [`DELETE ${path}/logs/${id(90)}`]: () => {
      items = [];
      return { status: 204 };
    },
  });
  await userEvent.type(await screen.findByLabelText(/Lines of your gateway/u), 'a line');
  await userEvent.click(screen.getByRole('button', { name: 'Read these lines' }));
  const log = within(await screen.findByRole('article', { name: 'error.log' }));
  const sent = asked.find(({ method, url }) => method === 'POST' && url.includes('/logs'));
  expect([sent?.headers.get('content-type'), sent?.url]).toEqual([
    'text/plain',
    expect.stringContaining('name=pasted'),
  ]);
  expect(log.getByText(/Your log’s clock is 2 h ahead of UTC/u)).toBeDefined();
  expect(log.getByRole('row', { name: /Origin header too big 127\.0\.0\.1:3000 1 2/u })).toBeDefined();
  expect(log.getByText(/beside the check from fra/u)).toBeDefined();
  expect(log.getByText(/· outside/u)).toBeDefined();
  expect(log.getByText('<b>who are you</b>')).toBeDefined();
  await userEvent.click(log.getByRole('button', { name: 'Remove' }));
  await expect.poll(() => screen.queryByRole('article', { name: 'error.log' })).toBeNull();
});

test('a file that is too large is not sent', async () => {
  const { asked } = show({});
  const input = await screen.findByLabelText(/Lines of your gateway/u);
  const chooser = input.ownerDocument.querySelector<HTMLInputElement>('input[type=file]');
  if (chooser === null) throw new Error('there is no place for a file');
  await userEvent.upload(chooser, new File([new Uint8Array(11 * 1_048_576)], 'big.log', { type: 'text/plain' }));
  expect((await screen.findByText(/big\.log has 11 MB/u)).textContent).toContain('at most 10 MB');
  expect(asked.some(({ method, url }) => method === 'POST' && url.includes('/logs'))).toBe(false);
});

test('the pack for a hosting provider is there as text, JSON and a page', async () => {
  show({});
  await userEvent.click(await screen.findByRole('button', { name: 'For your hosting provider' }));
  const page = await screen.findByRole('menuitem', { name: 'Open the page to print' });
  expect(page.getAttribute('href')).toBe(`${path}/hand-over?format=page`);
  expect(screen.getByRole('menuitem', { name: 'Download as JSON' }).getAttribute('href')).toContain('format=json');
  expect(screen.getByRole('menuitem', { name: 'Copy as text' })).toBeDefined();
});
