import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { anIncident, connect, id, type Network, open, pageOf, problem, sentTo, tell } from '../testing.fixture.tsx';
import { theDiagnosis } from './incident-diagnosis.fixture.ts';

const path = `/v1/incidents/${id(20)}`;
const isOpen = anIncident({ status: 'open', resolvedAt: null, endReason: null, durationMs: null });
const none = { incidentId: id(20), shown: null, versions: [], feedback: [] };
const show = (more: Network, incident: object = isOpen) =>
  open(`/incidents/${id(20)}`, {
    [`GET ${path}`]: { body: { ...incident, spans: [], codes: [], regionBounds: [], marks: [], children: [] } },
    [`GET ${path}/comments`]: pageOf(),
    [`GET ${path}/decisions`]: pageOf(),
    [`GET ${path}/logs`]: { body: { items: [] } },
    [`GET ${path}/diagnosis`]: { body: theDiagnosis() },
    'GET /v1/deliveries': pageOf(),
    ...more,
  });
const briefing = () => screen.findByRole('region', { name: 'Who broke it, and what now' });
const panel = () => screen.findByRole('region', { name: 'The grounds of it' });

test('who broke it, how sure that is, what to do first and what was seen', async () => {
  show({});
  const first = within(await briefing());
  expect(await first.findByText('nginx answered 502 at once.')).toBeDefined();
  expect(first.getByText('Undecided')).toBeDefined();
  expect(first.getByText('likely the origin (76 %)')).toBeDefined();
  expect(first.getByText('Start the application again.')).toBeDefined();
  expect(first.getByText('ss -ltnp')).toBeDefined();
  const shown = within(await panel());
  const way = within(shown.getByRole('list', { name: 'The way of a request, and who broke' })).getAllByRole('listitem');
  expect(way.map(({ textContent }) => textContent)).toEqual([
    expect.stringContaining('Visitor'),
    expect.stringContaining('Cloudflare'),
    expect.stringMatching(/nginx.*wrote the answer/u),
    expect.stringMatching(/Origin.*probably broke/u),
  ]);
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
  await userEvent.click(within(await briefing()).getByRole('button', { name: /again/iu }));
  expect(await screen.findByText('nginx answered 502 at once.')).toBeDefined();
});

test('an older version is shown when it is picked', async () => {
  show({
    [`GET ${path}/diagnosis`]: ({ url }) => ({
      body: url.includes('version=1') ? theDiagnosis({ summary: 'It was read so at first.' }, 1) : theDiagnosis(),
    }),
  });
  const first = await screen.findByRole('option', { name: /when it opened/u });
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Version of the diagnosis' }), first);
  expect(await screen.findByText('It was read so at first.')).toBeDefined();
});

const stops = async () =>
  within(await screen.findByRole('list', { name: 'The way of a request, and who broke' })).getAllByRole('listitem');

test.each([
  ['confirmed', 'Confirmed', 'broke'],
  ['probable', 'Probable', 'broke'],
  ['open', 'Undecided', 'probably broke'],
] as const)('a %s diagnosis says so, and marks the one who broke', async (certainty, word, mark) => {
  show({ [`GET ${path}/diagnosis`]: { body: theDiagnosis({ certainty }) } });
  expect(await within(await briefing()).findByText(word)).toBeDefined();
  const broken = (await stops()).filter((stop) => stop.hasAttribute('data-broken'));
  expect(broken.map(({ textContent }) => textContent)).toEqual([`Origin${mark}`]);
});

test.each([
  [{ hop: 'unknown', confidence: 0.2 }, 'who broke it does not show'],
  [{ hop: 'none', confidence: 0.8 }, 'nothing seems to be broken now (80 %)'],
  [{ hop: 'edge', confidence: 0.95 }, 'almost certainly the edge (95 %)'],
  [{ hop: 'client', confidence: 0.2 }, 'perhaps the check itself, among others (20 %)'],
] as const)('who broke reads well for %j', async (broke, words) => {
  show({ [`GET ${path}/diagnosis`]: { body: theDiagnosis({ broke }) } });
  expect(await within(await briefing()).findByText(words)).toBeDefined();
  const broken = (await stops()).filter((stop) => stop.hasAttribute('data-broken'));
  expect(broken).toHaveLength(broke.hop === 'unknown' || broke.hop === 'none' ? 0 : 1);
});

test('while the diagnosis is on its way its place is held', async () => {
  show({ [`GET ${path}/diagnosis`]: () => new Promise(() => undefined) });
  expect(await screen.findByText('Loading the diagnosis')).toBeDefined();
});

test('somebody says that it was right, or what it was instead', async () => {
  const { asked } = show({ [`PUT ${path}/diagnosis/feedback`]: { body: {} } });
  await userEvent.click(await screen.findByRole('button', { name: 'Right' }));
  await expect.poll(() => sentTo(asked, `PUT ${path}/diagnosis/feedback`)).toEqual({ verdict: 'right', version: 2 });
  await userEvent.click(screen.getByRole('button', { name: 'Wrong' }));
  await userEvent.click(await screen.findByRole('combobox', { name: 'What was it?' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Origin timeout' }));
  await userEvent.type(screen.getByLabelText('In a sentence'), 'A slow report.');
  await userEvent.click(screen.getByRole('button', { name: 'Send' }));
  await expect
    .poll(() => sentTo(asked, `PUT ${path}/diagnosis/feedback`))
    .toEqual({ verdict: 'wrong', version: 2, cause: 'origin-timeout', note: 'A slow report.' });
});

test('feedback that could not be stored says so', async () => {
  show({ [`PUT ${path}/diagnosis/feedback`]: problem(503, 'busy', 'Later.') });
  await userEvent.click(await screen.findByRole('button', { name: 'Right' }));
  expect((await screen.findByRole('alert')).textContent).toContain('Later. Nothing was stored.');
});

test('the pack for a hosting provider is there as text, JSON and a page', async () => {
  show({});
  await userEvent.click(await screen.findByRole('button', { name: 'For your hosting provider' }));
  const page = await screen.findByRole('menuitem', { name: 'Open the page to print' });
  expect(page.getAttribute('href')).toBe(`${path}/hand-over?format=page`);
  expect(screen.getByRole('menuitem', { name: 'Download as JSON' }).getAttribute('href')).toContain('format=json');
  expect(screen.getByRole('menuitem', { name: 'Copy as text' })).toBeDefined();
});
