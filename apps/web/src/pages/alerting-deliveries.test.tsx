import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { aChannel, aDelivery, aMonitor, at, connect, id, open, pageOf, problem, tell } from '../testing.fixture.tsx';

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

const lastList = (asked: readonly Request[]): URLSearchParams =>
  new URL(asked.findLast(({ url }) => url.includes('/v1/deliveries?'))?.url ?? 'http://x/').searchParams;

test('what is chosen stands in the URL and is asked for', async () => {
  const { asked, router } = open(path, { ...log(), 'GET /v1/channels': pageOf(aChannel()) });
  await screen.findByText('No delivery yet');
  await userEvent.click(screen.getByRole('combobox', { name: 'Outcome' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Failed' }));
  await expect.poll(() => router.state.location.href).toBe('/alerting?tab=deliveries&status=failed');
  expect(await screen.findByText('No delivery fits')).toBeDefined();
  await userEvent.click(screen.getByRole('combobox', { name: 'Channel' }));
  await userEvent.click(await screen.findByRole('option', { name: 'On-call bot' }));
  await expect.poll(() => lastList(asked).get('channelId')).toBe(id(30));
  expect(lastList(asked).get('status')).toBe('failed');
  await userEvent.click(await screen.findByRole('button', { name: 'Show all deliveries' }));
  expect(await screen.findByText('No delivery yet')).toBeDefined();
});

test('the whole view comes out of the URL, and its fields follow when that changes', async () => {
  const words = `status=failed,dropped&kind=sms&event=incident.opened&channel=${id(30)}&monitor=${id(10)}`;
  const { asked, router } = open(`${path}&${words}&incident=${id(20)}&from=2026-11-01&to=2026-11-02`, {
    ...log(),
    'GET /v1/monitors': pageOf(aMonitor()),
    'GET /v1/channels': pageOf(aChannel()),
  });
  await screen.findByText('No delivery fits');
  const query = lastList(asked);
  expect(query.getAll('status')).toEqual(['failed', 'dropped']);
  expect(
    ['kind', 'event', 'channelId', 'monitorId', 'incidentId', 'from', 'to'].map((name) => query.get(name)),
  ).toEqual([
    ...['sms', 'incident.opened', id(30), id(10), id(20), '2026-10-31T23:00:00.000Z', '2026-11-02T23:00:00.000Z'],
  ]);
  const monitor = screen.getByRole<HTMLInputElement>('combobox', { name: 'Monitor' });
  expect(monitor.value).toBe('Shop');
  await router.navigate({ to: '/alerting', search: { tab: 'deliveries' } });
  await expect.poll(() => monitor.value).toBe('');
  expect(screen.queryByRole('button', { name: /^From the day/u })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Of one incident' })).toBeNull();
});

test('the log is paged both ways, and the page stands in the URL', async () => {
  const page = (n: number, next: string | null, previous: string | null) => ({
    body: {
      items: Array.from({ length: 50 }, (_, i) => aDelivery({ id: id(100 * n + i), channelName: `On page ${n}` })),
      next,
      previous,
    },
  });
  const { router } = open(path, {
    'GET /v1/deliveries': ({ url }) => {
      const cursor = new URL(url).searchParams.get('cursor');
      if (cursor === 'older') return page(2, null, 'newer');
      return page(1, 'older', null);
    },
  });
  expect((await screen.findAllByText('On page 1')).length).toBe(50);
  expect(screen.getByRole('button', { name: 'Newer' })).toHaveProperty('disabled', true);
  await userEvent.click(screen.getByRole('button', { name: 'Older' }));
  await screen.findAllByText('On page 2');
  expect(router.state.location.href).toBe('/alerting?tab=deliveries&page=older');
  expect(screen.getByRole('button', { name: 'Older' })).toHaveProperty('disabled', true);
  await userEvent.click(screen.getByRole('button', { name: 'Newer' }));
  await screen.findAllByText('On page 1');
  router.history.back();
  await screen.findAllByText('On page 2');
  await userEvent.click(screen.getByRole('button', { name: 'Newest' }));
  await screen.findAllByText('On page 1');
  expect(router.state.location.href).toBe('/alerting?tab=deliveries');
});

test('what comes in is seen without a reload, and a storm of it asks a few times only', async () => {
  let all = [aDelivery({ id: id(41) })];
  const { asked } = open(path, { 'GET /v1/deliveries': () => pageOf(...all) });
  await screen.findByRole('button', { name: /On-call bot/u });
  const reads = () => asked.filter(({ url }) => url.includes('/v1/deliveries?')).length;
  const before = reads();
  connect();
  all = [aDelivery({ id: id(42), channelName: 'Phone', kind: 'sms' }), ...all];
  for (let i = 0; i < 40; i++) tell('delivery.updated', { deliveryId: id(42), status: 'delivered' });
  expect(await screen.findByRole('button', { name: /PhoneSMS/u })).toBeDefined();
  expect(reads() - before).toBeLessThan(4);
});

test('what is sent again stays in sight with its new answer, although it does not fit the filter any more', async () => {
  const failed = aDelivery({
    ...{
      id: id(41),
      status: 'failed',
      ...done,
      attempts: [{ at, outcome: 'rejected', answer: '410 Gone', tookMs: 12 }],
    },
  });
  let now = failed;
  open(`${path}&status=failed`, {
    'GET /v1/deliveries': () =>
      now.status === 'failed' ? pageOf(now) : pageOf(aDelivery({ id: id(43), status: 'failed', channelName: 'Other' })),
    [`GET /v1/deliveries/${id(41)}`]: () => ({ body: now }),
    [`POST /v1/deliveries/${id(41)}/resend`]: () => {
      now = { ...failed, status: 'pending', settledAt: null };
      return { status: 202, body: now };
    },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Send again' }));
  expect(await screen.findByText('Other')).toBeDefined();
  connect();
  const thanks = { at: '2026-11-23T06:00:09.000Z', outcome: 'delivered' as const, answer: '200 thanks', tookMs: 8 };
  now = { ...failed, status: 'delivered', attempts: [...failed.attempts, thanks] };
  tell('delivery.updated', { deliveryId: id(41), status: 'delivered' });
  expect(await screen.findByText('200 thanks')).toBeDefined();
  expect(screen.getByRole('button', { name: /^Delivered.*On-call bot/u })).toBeDefined();
});

test('of many that are sent again none is lost from sight, though the list without them comes late', async () => {
  const numbers = [41, 42, 43];
  const attempts = [{ at, outcome: 'rejected' as const, answer: '410 Gone', tookMs: 12 }];
  const failed = (n: number) => aDelivery({ id: id(n), status: 'failed', channelName: `Bot ${n}`, ...done, attempts });
  const sent = new Set<number>();
  const answers = Promise.withResolvers<void>();
  const lists = Promise.withResolvers<void>();
  const resend = (n: number) => async () => {
    await answers.promise;
    sent.add(n);
    return { status: 202, body: { ...failed(n), status: 'pending' } };
  };
  const { asked } = open(`${path}&status=failed`, {
    'GET /v1/deliveries': async () => {
      const left = numbers.filter((n) => !sent.has(n));
      if (sent.size > 0) await lists.promise;
      return pageOf(...left.map(failed), aDelivery({ id: id(50), channelName: `${left.length} left` }));
    },
    ...Object.fromEntries(
      numbers.flatMap((n) => [
        [`GET /v1/deliveries/${id(n)}`, { body: { ...failed(n), status: 'pending' } }],
        [`POST /v1/deliveries/${id(n)}/resend`, resend(n)],
      ]),
    ),
  });
  const [first, second] = await screen.findAllByRole('button', { name: 'Send again' });
  if (first === undefined || second === undefined) throw new Error('there are three to send again');
  fireEvent.click(first);
  fireEvent.click(second);
  const askedFor = (what: string) => asked.filter(({ url }) => new URL(url).pathname.endsWith(what)).length;
  await expect.poll(() => askedFor('/resend')).toBe(2);
  const before = askedFor('/v1/deliveries');
  answers.resolve();
  await expect.poll(() => askedFor('/v1/deliveries')).toBeGreaterThan(before);
  lists.resolve();
  expect(await screen.findByText('1 left')).toBeDefined();
  await expect.poll(() => screen.queryAllByRole('button', { name: /^On its way.*Bot 4[12]/u }).length).toBe(2);
});
