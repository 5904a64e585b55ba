import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { aMonitor, id, open, pageOf, problem, sentTo } from '../testing.fixture.tsx';
import { network, path } from './monitor-page.fixture.ts';

vi.mock('uplot', () => import('./uplot.fixture.ts'));

test('settings that somebody else changed meanwhile are not overwritten', async () => {
  const { asked } = open(`/monitors/${id(10)}/settings`, {
    [`GET ${path}`]: { body: aMonitor(), headers: { etag: '"1"' } },
    [`PATCH ${path}`]: problem(412, 'precondition-failed', 'It has changed.'),
  });
  await userEvent.type(await screen.findByLabelText('Name'), ' two');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect((await screen.findByRole('alert')).textContent).toContain('Somebody changed this monitor');
  expect(asked.find(({ method }) => method === 'PATCH')?.headers.get('if-match')).toBe('"1"');
});

test('tags, a policy and a wait before the alert are saved with the rest', async () => {
  const { asked } = open(`/monitors/${id(10)}/settings`, {
    [`GET ${path}`]: { body: aMonitor({ tags: ['eu'] }) },
    'GET /v1/escalation-policies': pageOf({ id: id(50), name: 'Ops' }),
    [`PATCH ${path}`]: { body: aMonitor() },
  });
  await userEvent.type(await screen.findByRole('combobox', { name: 'Tags' }), 'shop{Enter}');
  await userEvent.click(screen.getByRole('combobox', { name: 'Escalation policy' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Ops' }));
  const wait = screen.getByLabelText('Alert after');
  await userEvent.clear(wait);
  await userEvent.type(wait, '5');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await expect
    .poll(() => sentTo(asked, `PATCH ${path}`))
    .toMatchObject({ tags: ['eu', 'shop'], policyId: id(50), alertAfterMs: 300_000 });
});

test('a policy is told in words, tried on the last 30 days, and sent only when it was changed', async () => {
  const previewed = {
    ...{ from: '2026-10-24T06:00:00.000Z', to: '2026-11-23T06:00:00.000Z', incidents: [], summary: '', caveats: [] },
    ...{
      present: { incidents: 2, alerts: 1, sent: 3, downMs: 0 },
      wanted: { incidents: 3, alerts: 2, sent: 5, downMs: 0, isLeast: true },
    },
  };
  const { asked } = open(`/monitors/${id(10)}/settings`, {
    ...network(),
    [`POST ${path}/policy-preview`]: { body: previewed },
    [`PATCH ${path}`]: { body: aMonitor() },
  });
  const words = /^Down when more than half of the regions that answer fail once/u;
  expect(await screen.findByText(words)).toBeDefined();
  await userEvent.type(screen.getByRole('textbox', { name: 'Failures in a row' }), '2');
  expect(await screen.findByText(/fail twice in a row/u)).toBeDefined();
  const summary = 'In the last 30 days this would have opened 3 incidents and sent at least 5 alerts.';
  expect(await screen.findByText(new RegExp(`^${summary}`, 'u'))).toBeDefined();
  expect(screen.getByText(/^As if nobody had acknowledged/u)).toBeDefined();
  const wait = screen.getByLabelText('Alert after');
  await userEvent.clear(wait);
  await userEvent.type(wait, '5');
  const asks = () =>
    Promise.all(asked.filter(({ url }) => url.endsWith('/policy-preview')).map((one) => one.clone().json()));
  await expect.poll(async () => (await asks()).at(-1)).toMatchObject({ failuresToOpen: 2, alertAfterMs: 300_000 });
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await expect.poll(() => sentTo(asked, `PATCH ${path}`)).toMatchObject({ policy: { failuresToOpen: 2 } });
  expect(await sentTo(asked, `PATCH ${path}`)).toHaveProperty('policy', { failuresToOpen: 2 }); // and nothing that was not touched
});

test('an interval, a timeout and what it depends on are tried too, and what can’t be known is said', async () => {
  const outcome = { incidents: 1, alerts: 1, sent: 1, downMs: 0, isLeast: false };
  const answer = (body: Readonly<Record<string, unknown>>) => ({
    ...{ from: '2026-10-24T06:00:00.000Z', to: '2026-11-23T06:00:00.000Z', incidents: [], summary: '', assumes: '' },
    ...{ present: outcome, wanted: outcome },
    caveats: [
      ...(body.timeoutMs === 4_000 ? [{ what: 'shorter-timeout', looks: 12, summary: '' }] : []),
      ...(body.intervalMs === 10_000 ? [{ what: 'shorter-interval', looks: 0, summary: '' }] : []),
    ],
  });
  const { asked } = open(`/monitors/${id(10)}/settings`, {
    ...network(),
    'GET /v1/monitors': pageOf(aMonitor(), aMonitor({ id: id(11), name: 'Gateway' })),
    [`POST ${path}/policy-preview`]: async (request) => ({ body: answer(await request.clone().json()) }),
  });
  const timeout = await screen.findByLabelText('Timeout');
  await userEvent.clear(timeout);
  await userEvent.type(timeout, '4');
  expect(await screen.findByText('12 looks took longer than the new timeout: they would have failed.')).toBeDefined();
  await userEvent.click(screen.getByRole('combobox', { name: 'Interval' }));
  await userEvent.click(await screen.findByRole('option', { name: '10 seconds' }));
  expect(await screen.findByText(/^A shorter interval finds failures sooner/u)).toBeDefined();
  const asks = () =>
    Promise.all(asked.filter(({ url }) => url.endsWith('/policy-preview')).map((one) => one.clone().json()));
  expect((await asks()).at(-1)).not.toHaveProperty('parents'); // as saved
  await userEvent.click(screen.getByRole('combobox', { name: 'Depends on' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Gateway' }));
  await expect
    .poll(async () => (await asks()).at(-1))
    .toMatchObject({ intervalMs: 10_000, timeoutMs: 4_000, parents: [id(11)] });
});

test('a request is set with headers, body and log-in; a secret that is set is never shown, and kept', async () => {
  const set = aMonitor({ method: 'POST', headers: { 'X-Trace': '1' }, auth: { kind: 'bearer', name: null } });
  const { asked } = open(`/monitors/${id(10)}/settings`, {
    ...network({ [`GET ${path}`]: { body: set } }),
    [`PATCH ${path}`]: { body: set },
  });
  const headers = await screen.findByRole('textbox', { name: 'Headers' });
  expect((headers as HTMLTextAreaElement).value).toBe('X-Trace: 1');
  await userEvent.type(headers, '{Enter}Accept: text/html');
  await userEvent.type(screen.getByRole('textbox', { name: 'Body' }), 'a=1');
  const token = screen.getByLabelText('Token');
  expect((token as HTMLInputElement).value).toBe('');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await expect
    .poll(() => sentTo(asked, `PATCH ${path}`))
    .toMatchObject({ method: 'POST', headers: { 'X-Trace': '1', Accept: 'text/html' }, body: 'a=1' });
  expect(await sentTo(asked, `PATCH ${path}`)).not.toHaveProperty('auth');
});

test('a header that is removed is taken away, and a log-in is not taken along to another host unawares', async () => {
  const set = aMonitor({ url: 'https://shop.example/', headers: { 'X-A': '1' }, auth: { kind: 'bearer', name: null } });
  const { asked } = open(`/monitors/${id(10)}/settings`, {
    ...network({ [`GET ${path}`]: { body: set } }),
    [`PATCH ${path}`]: { body: set },
  });
  await userEvent.clear(await screen.findByRole('textbox', { name: 'Headers' }));
  const url = screen.getByLabelText('URL');
  await userEvent.clear(url);
  await userEvent.type(url, 'https://elsewhere.example/');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('The URL leads elsewhere: enter the secret again, or choose None.')).toBeDefined();
  expect(asked.some(({ method }) => method === 'PATCH')).toBe(false);
  await userEvent.type(screen.getByLabelText('Token'), 'again');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await expect
    .poll(() => sentTo(asked, `PATCH ${path}`))
    .toMatchObject({ headers: { 'X-A': null }, auth: { kind: 'bearer', token: 'again' } });
});

test('assertions are added, changed and removed line by line, and what the server says of one stands there', async () => {
  const { status, body } = problem(400, 'validation-failed', 'Something is wrong.');
  const errors = [{ pointer: '/assertions/0/value', code: 'pattern-invalid', detail: 'No RE2 pattern: missing ).' }];
  const { asked } = open(`/monitors/${id(10)}/settings`, {
    ...network(),
    [`PATCH ${path}`]: { ...(status === undefined ? {} : { status }), body: { ...Object(body), errors } },
  });
  const group = await screen.findByRole('group', { name: 'Assertions' });
  const add = within(group).getByRole('button', { name: 'Add assertion' });
  await userEvent.click(add);
  await userEvent.click(within(group).getByRole('combobox', { name: 'Comparison of assertion 1' }));
  await userEvent.click(await screen.findByRole('option', { name: 'matches (RE2)' }));
  await userEvent.type(within(group).getByRole('textbox', { name: 'Text of assertion 1' }), '(ok');
  await userEvent.click(within(group).getByRole('combobox', { name: 'Kind of the new assertion' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Response time' }));
  await userEvent.click(add);
  await userEvent.click(add);
  await userEvent.click(within(group).getByRole('button', { name: 'Remove assertion 3' }));
  await userEvent.type(screen.getByRole('textbox', { name: 'Degraded above' }), '800');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await expect
    .poll(() => sentTo(asked, `PATCH ${path}`))
    .toMatchObject({
      assertions: [
        { kind: 'body', compare: 'matches', value: '(ok' },
        { kind: 'response-time', phase: 'total', atMostMs: 1_000 },
      ],
      degradedAboveMs: 800,
    });
  expect(await within(group).findByText('Assertion 1: No RE2 pattern: missing ).')).toBeDefined();
});

test('a policy that was not touched is not sent; what it depends on is', async () => {
  const other = aMonitor({ id: id(11), name: 'Gateway' });
  const { asked } = open(`/monitors/${id(10)}/settings`, {
    ...network(),
    'GET /v1/monitors': pageOf(aMonitor(), other),
    [`PATCH ${path}`]: { body: aMonitor() },
  });
  await userEvent.click(await screen.findByRole('combobox', { name: 'Depends on' }));
  expect(screen.queryByRole('option', { name: 'Shop' })).toBeNull();
  await userEvent.click(await screen.findByRole('option', { name: 'Gateway' }));
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await expect.poll(() => sentTo(asked, `PATCH ${path}`)).toMatchObject({ parents: [id(11)] });
  expect(await sentTo(asked, `PATCH ${path}`)).not.toHaveProperty('policy');
});

test('what the server says of the policy or of a parent stands at its field', async () => {
  const errors = [
    { pointer: '/policy/failuresToOpen', code: 'maximum', detail: 'At most 10.' },
    { pointer: '/parents/0', code: 'circle', detail: 'It depends on this one.' },
  ];
  const { status, body } = problem(422, 'invalid', 'Something is wrong.');
  open(`/monitors/${id(10)}/settings`, {
    ...network(),
    [`PATCH ${path}`]: { ...(status === undefined ? {} : { status }), body: { ...Object(body), errors } },
  });
  await userEvent.type(await screen.findByLabelText('Name'), ' two');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('At most 10.')).toBeDefined();
  expect(screen.getByText('It depends on this one.')).toBeDefined();
});
