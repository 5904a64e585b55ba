import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import {
  aDelivery,
  anIncident,
  connect,
  id,
  type Network,
  open,
  pageOf,
  problem,
  sentTo,
  tell,
} from '../testing.fixture.tsx';

const path = `/v1/incidents/${id(20)}`;
const isOpen = anIncident({ status: 'open', resolvedAt: null, endReason: null, durationMs: null });
const taken = {
  ...isOpen,
  acknowledgedAt: '2026-11-23T04:01:00.000Z',
  acknowledgedBy: { accountId: id(3), name: 'Bob', via: 'slack' },
};
const network = (incident: object, more: Network = {}): Network => ({
  [`GET ${path}`]: { body: { ...incident, spans: [], codes: [], regionBounds: [], marks: [], children: [] } },
  [`GET ${path}/comments`]: pageOf(),
  [`GET ${path}/decisions`]: pageOf(),
  [`GET ${path}/diagnosis`]: { body: { incidentId: id(20), shown: null, versions: [], feedback: [] } },
  [`GET ${path}/logs`]: { body: { items: [] } },
  'GET /v1/deliveries': pageOf(),
  ...more,
});
const show = (incident: object, more: Network = {}) => open(`/incidents/${id(20)}`, network(incident, more));
const comment = (n: number, change: object) => ({
  id: id(n),
  kind: 'comment',
  accountId: id(1),
  author: 'ada',
  text: 'x',
  createdAt: '2026-11-23T04:02:00.000Z',
  ...change,
});

test('who presses Acknowledge has it, and the page says so', async () => {
  let mine = isOpen;
  const { asked } = show(isOpen, {
    [`GET ${path}`]: () => ({ body: { ...mine, spans: [], codes: [], regionBounds: [], marks: [], children: [] } }),
    [`POST ${path}/acknowledge`]: () => {
      mine = { ...taken, acknowledgedBy: { accountId: id(1), name: 'ada', via: 'page' } };
      return { body: mine };
    },
  });
  expect(await screen.findByText('Nobody has it yet')).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: 'Acknowledge' }));
  expect(await screen.findByText('ada has it')).toBeDefined();
  expect(screen.getByText(/said on the dashboard/u)).toBeDefined();
  expect(asked.some(({ url }) => url.endsWith('/acknowledge'))).toBe(true);
});

test('an acknowledgement from elsewhere is seen without a reload, and can be given back', async () => {
  let now: object = isOpen;
  const { asked } = show(isOpen, {
    [`GET ${path}`]: () => ({ body: { ...now, spans: [], codes: [], regionBounds: [], marks: [], children: [] } }),
    [`POST ${path}/unacknowledge`]: () => {
      now = isOpen;
      return { body: isOpen };
    },
  });
  await screen.findByText('Nobody has it yet');
  now = taken;
  connect();
  tell('incident.updated', taken);
  expect(await screen.findByText('Bob has it')).toBeDefined();
  expect(screen.getByText(/said in Slack/u)).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: 'Give back' }));
  expect(await screen.findByText('Nobody has it yet')).toBeDefined();
  expect(asked.some(({ url }) => url.endsWith('/unacknowledge'))).toBe(true);
});

test('a deed that comes too late says so, and is taken back', async () => {
  show(isOpen, { [`POST ${path}/acknowledge`]: problem(409, 'resolved', 'It has cleared.') });
  await userEvent.click(await screen.findByRole('button', { name: 'Acknowledge' }));
  expect((await screen.findByRole('alert')).textContent).toContain('It has cleared.');
  expect(screen.getByText('Nobody has it yet')).toBeDefined();
});

test('the page says who has it before the server has answered, by the key k too', async () => {
  let answer: (value: object) => void = () => undefined;
  const waiting = new Promise<object>((done) => {
    answer = done;
  });
  show(isOpen, { [`POST ${path}/acknowledge`]: () => waiting });
  await screen.findByText('Nobody has it yet');
  await userEvent.keyboard('x');
  expect(await screen.findByText('ada has it')).toBeDefined();
  answer({ body: { ...taken, acknowledgedBy: { accountId: id(1), name: 'ada', via: 'page' } } });
  expect(await screen.findByRole('button', { name: 'Give back' })).toBeDefined();
});

test('a letter typed into an open menu is meant for the menu', async () => {
  const { asked } = show(isOpen);
  await userEvent.click(await screen.findByRole('button', { name: 'Snooze' }));
  await screen.findByRole('menuitem', { name: '30 min' });
  await userEvent.keyboard('x');
  expect(asked.some(({ url }) => url.endsWith('/acknowledge'))).toBe(false);
});

test('the chord that leads to Alerting acknowledges nothing', async () => {
  const { asked } = show(isOpen);
  await screen.findByText('Nobody has it yet');
  await userEvent.keyboard('ga');
  await screen.findByRole('heading', { name: 'Alerting', level: 1 });
  expect(asked.some(({ url }) => url.endsWith('/acknowledge'))).toBe(false);
});

test('what has cleared can’t be acknowledged or snoozed any more', async () => {
  show(anIncident());
  expect(await screen.findByText('Nobody took it')).toBeDefined();
  expect(screen.queryByRole('button', { name: /Acknowledge|Snooze/u })).toBeNull();
});

test('it is assigned to a member', async () => {
  const { asked } = show(isOpen, { [`POST ${path}/assign`]: { body: { ...isOpen, assigneeId: id(3) } } });
  await screen.findByRole('option', { name: 'Bob' });
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Assigned to' }), 'Bob');
  await expect
    .poll(() => screen.getByRole<HTMLSelectElement>('combobox', { name: 'Assigned to' }).selectedOptions[0]?.text)
    .toBe('Bob');
  expect(await sentTo(asked, `POST ${path}/assign`)).toEqual({ accountId: id(3) });
});

test('comments and acts stand in order, as text; a comment is added', async () => {
  const script = '<img src=x onerror="window.ran = true">';
  let all = [
    comment(70, { kind: 'acknowledged', author: 'Bob', text: 'Acknowledged in Slack.' }),
    comment(71, { text: script }),
  ];
  const { asked } = show(isOpen, {
    [`GET ${path}/comments`]: () => pageOf(...all),
    [`POST ${path}/comments`]: () => {
      all = [...all, comment(72, { text: 'The deploy was taken back.' })];
      return { status: 201, body: all.at(-1) };
    },
  });
  const list = await screen.findByRole('list', { name: 'Comments and acts' });
  expect(
    within(list)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent),
  ).toEqual([expect.stringMatching(/Bob.*Acknowledged in Slack\./u), expect.stringContaining(script)]);
  await userEvent.click(screen.getByRole('button', { name: 'Add comment' }));
  expect(await screen.findByText('Write something first.')).toBeDefined();
  await userEvent.type(screen.getByLabelText('Comment'), 'The deploy was taken back.');
  await userEvent.click(screen.getByRole('button', { name: 'Add comment' }));
  expect(await within(list).findByText('The deploy was taken back.')).toBeDefined();
  expect(await sentTo(asked, `POST ${path}/comments`)).toEqual({ text: 'The deploy was taken back.' });
});

test('a comment that could not be saved is not lost', async () => {
  show(isOpen, { [`POST ${path}/comments`]: problem(409, 'comment-limit', 'There are too many.') });
  await userEvent.type(await screen.findByLabelText('Comment'), 'Long words');
  await userEvent.click(screen.getByRole('button', { name: 'Add comment' }));
  expect((await screen.findByRole('alert')).textContent).toContain('There are too many.');
  expect(screen.getByLabelText<HTMLTextAreaElement>('Comment').value).toBe('Long words');
});

test('comments that can’t be loaded say so', async () => {
  show(isOpen, { [`GET ${path}/comments`]: problem(503, 'busy', 'Later.') });
  expect((await screen.findByRole('alert')).textContent).toContain('Comments could not be loaded');
});

test('who was told is listed', async () => {
  show(isOpen, { 'GET /v1/deliveries': pageOf(aDelivery({ event: 'incident.opened', incidentId: id(20) })) });
  const told = await screen.findByRole('region', { name: 'Who was told' });
  expect(await within(told).findByText('Incident opened')).toBeDefined();
});

test('what it is part of, what is part of it, and what happened shortly before are named', async () => {
  const mark = {
    ...{ id: id(50), kind: 'deploy', text: 'v1.42', at: '2026-11-23T03:55:00.000Z', appliesTo: { kind: 'all' } },
    ...{ author: 'API key', createdAt: '2026-11-23T03:55:00.000Z' },
  };
  const child = { id: id(21), monitorId: id(11), monitorName: 'Mail', status: 'open', attachedBecause: 'host' };
  const incident = { ...isOpen, parentIncidentId: id(22), attachedBecause: 'parent', marks: [mark], children: [child] };
  show(isOpen, { [`GET ${path}`]: { body: { ...incident, spans: [], codes: [], regionBounds: [] } } });
  expect((await screen.findByRole('link', { name: 'another incident' })).getAttribute('href')).toContain(id(22));
  expect(screen.getByText(/still down, same host/u)).toBeDefined();
  const before = await screen.findByRole('list', { name: 'What happened in the 30 minutes before' });
  expect(within(before).getByText(/v1.42/u)).toBeDefined();
});

test('between which looks it began and ended is said beside the moments', async () => {
  show(anIncident());
  expect(await screen.findAllByText(/^between/u)).toHaveLength(2);
});

test('the codes stand in order, and each region says between which looks it began and cleared', async () => {
  const moment = (s: string): string => `2026-11-23T04:0${s}Z`;
  const span = {
    ...{ region: 'fra', code: '502', failure: { kind: 'status', status: 502 } },
    ...{ startedAt: moment('0:00.120'), lastSeenAt: moment('4:10.120'), endedAt: moment('4:12.120') },
  };
  const codes = [{ code: '502', startedAt: span.startedAt, endedAt: span.endedAt, regions: ['fra'] }];
  const { bounds } = anIncident();
  const regionBounds = [
    { region: 'fra', ...bounds },
    { region: 'iad', ...bounds, lastGoodAt: null, firstGoodAt: null },
  ];
  show(anIncident(), {
    [`GET ${path}`]: { body: { ...anIncident(), spans: [span], codes, regionBounds, marks: [], children: [] } },
  });
  const story = within(await screen.findByRole('list', { name: 'Codes in order' })).getAllByRole('listitem');
  expect(story.map(({ textContent }) => textContent)).toEqual([
    expect.stringMatching(/^502 from .*05:00:00\.120.* in fra until 05:04:12\.120/u),
    expect.stringMatching(/^Cleared .*05:04:12\.120/u),
  ]);
  const table = within(screen.getByRole('table', { name: 'Start and clear by region' }));
  expect(table.getByRole('row', { name: /^fra between .*04:59:54\.100.* and 05:00:00\.180/u })).toBeDefined();
  expect(table.getByRole('row', { name: /^iad by .*05:00:00\.180.* at the latest not yet$/u })).toBeDefined();
  expect(screen.getByRole('img', { name: 'Timeline of 502 in fra' })).toBeDefined();
});

test('an incident that later checks took back says so', async () => {
  show(anIncident({ endReason: 'withdrawn' }));
  expect(await screen.findByText('Taken back by later checks')).toBeDefined();
});

test('every line of the contents leads to a part of the page', async () => {
  const { container } = show(anIncident());
  const contents = await screen.findByRole('navigation', { name: 'On this page' });
  const hashes = within(contents)
    .getAllByRole('link')
    .map((link) => link.getAttribute('href')?.split('#')[1] ?? '');
  expect(hashes).toHaveLength(6);
  await screen.findByRole('region', { name: 'Post-mortem' }); // the last of them
  for (const hash of hashes) expect(container.querySelector(`section#${hash}`)).not.toBeNull();
});
