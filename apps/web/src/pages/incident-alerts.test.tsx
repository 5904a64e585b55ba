import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { aDelivery, anIncident, id, type Network, open, pageOf, problem } from '../testing.fixture.tsx';

const path = `/v1/incidents/${id(20)}`;
const show = (more: Network) =>
  open(`/incidents/${id(20)}`, {
    [`GET ${path}`]: { body: { ...anIncident(), spans: [], codes: [], regionBounds: [], marks: [], children: [] } },
    [`GET ${path}/comments`]: pageOf(),
    [`GET ${path}/decisions`]: pageOf(),
    [`GET ${path}/diagnosis`]: { body: { incidentId: id(20), shown: null, versions: [], feedback: [] } },
    [`GET ${path}/logs`]: { body: { items: [] } },
    'GET /v1/deliveries': pageOf(),
    ...more,
  });
const decision = (change: object) => ({
  ...{ at: '2026-11-23T04:00:02.120Z', code: 'maintenance', effect: 'silent', text: 'x', until: null, windowId: null },
  ...{ incidentId: null, monitorId: null, deliveryId: null, channelId: null, policyId: null },
  ...change,
});
const comment = (change: object) => ({
  ...{ accountId: id(2), author: 'Ada', createdAt: '2026-11-22T04:00:02.120Z', ...change },
});
const region = () => screen.findByRole('region', { name: 'Why this alerted, or did not' });

test('every decision stands in a table, in order, with its rule; the sentence above says how soon people heard', async () => {
  show({
    [`GET ${path}/decisions`]: pageOf(
      decision({ text: 'The maintenance window “Updates” runs.', until: '2026-11-23T05:00:00.000Z' }),
      decision({ code: 'told', effect: 'told', text: 'Told ops that it opened.', deliveryId: id(40) }),
      decision({ code: 'shared-cause', effect: 'note', text: 'Same host.', incidentId: id(21) }),
    ),
  });
  const why = within(await region());
  expect(await why.findByText('People were told: 1 message, the first one 2.0 s after the start.')).toBeDefined();
  expect(why.getAllByRole('row').map(({ textContent }) => textContent)).toEqual([
    'WhenEffectRuleIn words',
    expect.stringMatching(/SilentMaintenanceThe maintenance window “Updates” runs\. until/u),
    expect.stringMatching(/ToldMessageTold ops/u),
    expect.stringMatching(/NoteShared causeSame host/u),
  ]);
  expect(why.getByRole('link', { name: 'Go to that incident' }).getAttribute('href')).toContain(id(21));
});

test.each([
  ['nobody-reached', 'silent', 'There is no channel.'],
  ['shared-cause', 'note', 'It shares the host: told with that one.'],
])('when nobody was told the last reason stands first: %s', async (code, effect, text) => {
  show({
    [`GET ${path}/decisions`]: pageOf(
      decision({ text: 'The maintenance window “Updates” runs.' }),
      decision({ code, effect, text }),
      decision({ code: 'policy', effect: 'note', text: 'Every channel hears at once.' }),
    ),
  });
  expect(await within(await region()).findByText(`Nobody was told. ${text}`)).toBeDefined();
});

test('moments in what the API says are told in the reader’s zone, and once', async () => {
  const text = 'Quiet hours: will tell ops that it opened, not before 2026-11-22 06:00:00 UTC.';
  show({
    [`GET ${path}/decisions`]: pageOf(decision({ code: 'quiet-hours', text, until: '2026-11-22T06:00:00.000Z' })),
    [`GET ${path}/comments`]: pageOf(
      comment({ id: id(50), kind: 'snoozed', text: 'Snoozed until 2026-11-22 06:00:00 UTC.' }),
      comment({ id: id(51), kind: 'comment', text: 'Gone since 2026-11-22 06:00:00 UTC, or 9999-99-99 99:99:99 UTC.' }),
    ),
  });
  const row = (await within(await region()).findAllByRole('row')).at(-1);
  expect(row?.textContent).toMatch(/opened, not before .*0?7:00:00.*\.$/u); // in Berlin
  expect(row?.textContent).not.toMatch(/UTC|until/u);
  const acts = await screen.findByRole('list', { name: 'Comments and acts' });
  const [act, written] = within(acts).getAllByRole('listitem');
  expect(act?.textContent).toMatch(/Snoozed until .*0?7:00:00.*\.$/u);
  expect(written?.textContent).toMatch(/Gone since 2026-11-22 06:00:00 UTC, or/u); // as somebody wrote it
});

test('what only looks like a moment stays as it came', async () => {
  const text = 'The maintenance window “9999-99-99 99:99:99 UTC” runs.';
  show({ [`GET ${path}/decisions`]: pageOf(decision({ text })) });
  expect((await within(await region()).findAllByRole('row')).at(-1)?.textContent).toContain(text);
});

test('a rule that this page does not know yet is named as it came', async () => {
  show({ [`GET ${path}/decisions`]: pageOf(decision({ code: 'full-moon', effect: 'note' })) });
  const why = within(await region());
  expect(await why.findByText('full-moon')).toBeDefined();
  expect(why.getByText('Nobody was told so far.')).toBeDefined();
});

test('decisions that can’t be loaded say so', async () => {
  show({ [`GET ${path}/decisions`]: problem(503, 'busy', 'Later.') });
  expect(await within(await region()).findByText('Decisions could not be loaded')).toBeDefined();
});

test('the provider’s last answer is read without opening the delivery', async () => {
  const attempt = { at: '2026-11-23T04:00:03.000Z', outcome: 'delivered', answer: '200 {"ok":true}', tookMs: 80 };
  const told = aDelivery({
    event: 'incident.opened',
    status: 'delivered',
    attempts: [{ ...attempt, outcome: 'delivered' }],
  });
  show({ 'GET /v1/deliveries': pageOf(told) });
  const list = within(await screen.findByRole('region', { name: 'Who was told' }));
  expect(await list.findByText('200 {"ok":true}')).toBeDefined();
  expect(list.getByText('1 attempt')).toBeDefined();
});
