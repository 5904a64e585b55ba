import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import {
  aMonitor,
  anIncident,
  aResult,
  connect,
  id,
  me,
  open,
  pageOf,
  problem,
  sentTo,
  tell,
} from '../testing.fixture.tsx';
import { change, network, path, timeline, times } from './monitor-page.fixture.ts';

vi.mock('uplot', () => import('./uplot.fixture.ts'));

test('a monitor that does not exist, or is another organisation’s, is nothing here', async () => {
  open(`/monitors/${id(10)}`, {});
  expect(await screen.findByText('There is nothing here')).toBeDefined();
});

test('the first check appears as it is told, region by region, with its phases', async () => {
  open(
    `/monitors/${id(10)}`,
    network({ [`GET ${path}`]: { body: aMonitor({ status: 'pending', lastResult: null }) } }),
  );
  const answers = await screen.findByRole('region', { name: 'Last answers' });
  expect(within(answers).getAllByText('looking…')).toHaveLength(2);
  connect();
  tell('check.completed', aResult({ region: 'fra' }));
  expect(await within(answers).findByText('HTTP 200')).toBeDefined();
  expect(within(answers).getByRole('img', { name: /DNS 4.0 ms, Connect 10 ms/u })).toBeDefined();
  expect(within(answers).getAllByText('looking…')).toHaveLength(1);
});

test('the log’s filters come from the URL and are sent to the API', async () => {
  const { asked } = open(`/monitors/${id(10)}?verdict=down&code=502,504&region=iad`, network());
  await screen.findByText('No look matches');
  const query = asked.find(({ url }) => url.includes('verdict='))?.url ?? '';
  expect(new URL(query).searchParams.getAll('status')).toEqual(['502', '504']);
  expect(new URL(query).searchParams.getAll('verdict')).toEqual(['down']);
  expect(new URL(query).searchParams.getAll('region')).toEqual(['iad']);
});

test('an open incident is said at the head of the page, with its exact start', async () => {
  const incident = anIncident({ status: 'open', resolvedAt: null, durationMs: null });
  open(`/monitors/${id(10)}`, {
    ...network({ [`GET ${path}`]: { body: aMonitor({ status: 'down', incidentId: incident.id }) } }),
    [`GET /v1/incidents/${incident.id}`]: { body: { ...incident, spans: [], marks: [], children: [] } },
  });
  expect(await screen.findByText('Down: HTTP 502')).toBeDefined();
  expect(screen.getByRole('link', { name: /Open the incident/u }).getAttribute('href')).toBe(
    `/incidents/${incident.id}`,
  );
});

test('times are told in the person’s zone, else the organisation’s', async () => {
  const since = { statusSince: '2026-11-23T05:00:00.000Z' };
  const shown = network({ [`GET ${path}`]: { body: aMonitor(since) } });
  const mine = { ...me, account: { ...me.account, timeZone: 'Asia/Tokyo' } };
  const { unmount } = open(`/monitors/${id(10)}`, shown);
  expect(await screen.findByTitle(/06:00:00.000 Europe\/Berlin|6:00:00.000 AM Europe\/Berlin/u)).toBeDefined();
  unmount();
  open(`/monitors/${id(10)}`, { ...shown, 'GET /v1/me': { body: mine } });
  expect(await screen.findByTitle(/02:00:00.000 PM Asia\/Tokyo|14:00:00.000 Asia\/Tokyo/u)).toBeDefined();
});

test('a window that begins is seen without a reload, and so are its end and what happened before', async () => {
  const mark = { id: id(50), kind: 'deploy', text: 'v1.42', appliesTo: { kind: 'all' }, author: 'API key' };
  const at = new Date(Date.now() - 60_000).toISOString();
  open(`/monitors/${id(10)}?tab=marks`, network({ 'GET /v1/marks': pageOf({ ...mark, at, createdAt: at }) }));
  const marks = await screen.findByRole('list', { name: 'What happened in this range' });
  expect(within(marks).getByText(/v1.42/u)).toBeDefined();
  connect();
  const until = '2026-11-23T08:00:00.000Z';
  tell('maintenance.started', { monitorId: id(10), windowId: id(60), name: 'Updates', until });
  tell('monitor.status-changed', { monitorId: id(10), status: 'maintenance', statusSince: '2026-11-23T06:00:00.000Z' });
  expect(await screen.findByText('Maintenance')).toBeDefined();
  expect(screen.getByText(/, until/u)).toBeDefined();
});

test('the uptime of four spans is shown, and how it is reckoned can be heard', async () => {
  open(`/monitors/${id(10)}`, network());
  const section = await screen.findByRole('region', { name: 'Uptime' });
  await expect.poll(() => within(section).queryAllByText('99.895 %')).toHaveLength(4);
  expect(within(section).getAllByText('90 days')).toHaveLength(2); // and a range of the timeline
  expect(within(section).getAllByText(/up 24.0 h; down 2 min in 1 incident$/u)).toHaveLength(4);
  const [day] = within(section).getAllByRole('button', { name: '99.895 %' });
  if (day === undefined) throw new Error('there is no figure');
  act(() => day.focus());
  expect((await screen.findByRole('tooltip')).textContent).toMatch(/^Up ÷ \(up \+ down\)/u);
});

test('a gap is told apart from up and down, in the line of the last hours and of the last month', async () => {
  const month = { ...timeline, stretches: timeline.stretches.slice(1), from: '2026-11-22T07:00:00.000Z' };
  const isDay = (url: string): boolean =>
    Date.now() - Date.parse(new URL(url).searchParams.get('from') ?? '') < 2 * 86_400_000;
  open(
    `/monitors/${id(10)}`,
    network({ [`GET ${path}/timeline`]: ({ url }) => ({ body: isDay(url) ? timeline : month }) }),
  );
  const section = await screen.findByRole('region', { name: 'Uptime' });
  const told = 'Timeline: up 22 h 55 min, down 4 min 12 s, nobody looked 1 h.';
  expect(await within(section).findByRole('img', { name: told })).toBeDefined();
  expect(within(section).getByText('nobody looked')).toBeDefined();
  await userEvent.click(within(section).getByRole('radio', { name: '30 days' }));
  // Before it was made, on the 20th, nobody looked; what lies between that and the answer was too much to tell.
  const words = 'Timeline: up 22 h 55 min, down 4 min 12 s, nobody looked 26 d 23 h, not shown 2 d 2 h.';
  expect(await within(section).findByRole('img', { name: words })).toBeDefined();
});

test('older changes are asked for when they are wanted, and none is said to be none', async () => {
  const older = { ...change, decidedAt: '2026-11-23T04:30:00.400Z', summary: 'Iad saw 504: not confirmed.' };
  const { unmount } = open(
    `/monitors/${id(10)}?tab=changes`,
    network({
      [`GET ${path}/changes`]: (request) =>
        request.url.includes('cursor=more')
          ? pageOf(older)
          : { body: { items: [change], next: 'more', previous: null } },
    }),
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Load older' }));
  expect(await screen.findByText(older.summary)).toBeDefined();
  expect(screen.queryByRole('button', { name: 'Load older' })).toBeNull();
  unmount();
  open(`/monitors/${id(10)}?tab=changes`, network({ [`GET ${path}/changes`]: pageOf() }));
  expect(await screen.findByText('Nothing has been decided yet')).toBeDefined();
});

test('why the monitor is what it is stands in sentences, and is read afresh when it changes', async () => {
  const { asked } = open(`/monitors/${id(10)}?tab=changes`, network());
  const list = await screen.findByRole('list', { name: 'Changes' });
  expect(within(list).getByText(change.summary)).toBeDefined();
  const before = asked.filter(({ url }) => url.includes('/changes')).length;
  connect();
  tell('monitor.status-changed', { monitorId: id(10), status: 'down', statusSince: '2026-11-23T06:00:00.000Z' });
  await expect.poll(() => asked.filter(({ url }) => url.includes('/changes')).length).toBeGreaterThan(before);
});

test('changes and uptime that can’t be loaded say so', async () => {
  const broken = problem(500, 'internal', 'Something broke.');
  open(`/monitors/${id(10)}?tab=changes`, network({ [`GET ${path}/changes`]: broken, [`GET ${path}/uptime`]: broken }));
  expect(await screen.findByText('Changes could not be loaded')).toBeDefined();
});

const drawnTimes = (looked = 1) => {
  const percentiles = { p50Ms: 20, p95Ms: 31, p99Ms: 40 };
  const points = [0, 1, 2].map((n) => ({
    ...{ at: `2026-11-23T05:0${n}:00.000Z`, meanMs: 20 + n, maxMs: 20 + n, ...percentiles },
    ...{ checks: looked, answered: looked, down: 0 },
  }));
  return { ...times, ...percentiles, points, series: [{ region: 'fra', ...percentiles, points }] };
};

test('the chart’s zoom is in the address: by keys and buttons closer, and back to all of it', async () => {
  const { asked } = open(
    `/monitors/${id(10)}?range=24h`,
    network({ [`GET ${path}/response-times`]: { body: drawnTimes() } }),
  );
  const chart = await screen.findByRole('region', { name: 'Response time' });
  const asks = (): readonly string[] =>
    asked.flatMap(({ url }) => (new URL(url).pathname.endsWith('/response-times') ? [new URL(url).search] : []));
  await userEvent.click(await within(chart).findByRole('button', { name: 'Zoom in' }));
  await expect.poll(() => asks().some((search) => search.includes('from=2026-11-23T05%3A15%3A00.000Z'))).toBe(true);
  expect(within(chart).getByRole('button', { name: 'Its looks in the log' })).toBeDefined();
  act(() => within(chart).getByRole('button', { name: 'Zoom in' }).focus());
  await userEvent.keyboard('0');
  await expect.poll(() => within(chart).queryByRole('button', { name: 'Show all' })).toBeNull();
});

test('the chart’s values can be read: each region’s figures, a sentence, and a table', async () => {
  open(
    `/monitors/${id(10)}?range=24h&compare=week`,
    network({ [`GET ${path}/response-times`]: { body: drawnTimes() } }),
  );
  const chart = await screen.findByRole('region', { name: 'Response time' });
  expect(await within(chart).findByRole('img', { name: /fra: median 20 ms, p95 31 ms/u })).toBeDefined();
  expect(await within(chart).findByText('Dashed: the same stretch a week before.')).toBeDefined();
  expect(within(chart).getByRole('columnheader', { name: 'Median before' })).toBeDefined();
  const line = within(chart).getByRole('button', { name: 'Line of fra' });
  await userEvent.click(line);
  expect(line.getAttribute('aria-pressed')).toBe('false');
  await userEvent.click(within(chart).getByText('The values as a table'));
  expect(await within(chart).findByRole('columnheader', { name: 'Slowest' })).toBeDefined();
});

test('buckets closer than a minute are told to the second, and a week before without looks says so', async () => {
  const { points, ...rest } = drawnTimes();
  const close = points.map((point, n) => ({ ...point, at: `2026-11-23T05:00:${n + 1}0.000Z` }));
  const series = rest.series.map((one) => ({ ...one, points: close }));
  const before = drawnTimes(0);
  open(
    `/monitors/${id(10)}?range=24h&compare=week`,
    network({
      [`GET ${path}/response-times`]: ({ url }) => ({
        body: new URL(url).searchParams.get('from')?.startsWith('2026-11-16')
          ? before
          : { ...rest, points: close, series },
      }),
    }),
  );
  const chart = await screen.findByRole('region', { name: 'Response time' });
  expect(await within(chart).findByText('Nobody looked at it in this stretch a week before.')).toBeDefined();
  expect(within(chart).queryByText('Dashed: the same stretch a week before.')).toBeNull();
  await userEvent.click(within(chart).getByText('The values as a table'));
  const table = within(await within(chart).findByRole('region', { name: 'The values as a table' }));
  const told = table.getAllByRole('rowheader').map(({ textContent }) => textContent);
  expect(new Set(told).size).toBe(3);
});

test('regions with a place stand on the map with their last answer, the others beside it', async () => {
  const place = { lastSeenAt: null, country: 'DE', clockOffsetMs: null, blind: false, darkSince: null };
  const fra = { id: 'fra', city: 'Frankfurt', latitude: 50.11, longitude: 8.68, ...place };
  const own = { ...fra, id: 'iad', city: null, country: null, latitude: null, longitude: null };
  open(
    `/monitors/${id(10)}`,
    network({
      'GET /v1/regions': { body: { items: [fra, own] } },
      [`GET ${path}/results`]: pageOf(aResult({ region: 'fra' })),
    }),
  );
  expect(await screen.findByRole('img', { name: 'Map of the regions. Frankfurt: Up.' })).toBeDefined();
  expect(screen.getByText('Not on the map: iad')).toBeDefined();
});

test('a mark is set by hand, for this monitor alone', async () => {
  const { asked } = open(`/monitors/${id(10)}?tab=marks`, network({ 'POST /v1/marks': { status: 201, body: {} } }));
  await userEvent.type(await screen.findByLabelText('What happened just now'), 'v2.0.1');
  await userEvent.click(screen.getByRole('button', { name: 'Add mark' }));
  const appliesTo = { kind: 'monitors', monitorIds: [id(10)] };
  await expect.poll(() => sentTo(asked, 'POST /v1/marks')).toEqual({ kind: 'deploy', text: 'v2.0.1', appliesTo });
});
