import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import {
  aMonitor,
  anIncident,
  aResult,
  at,
  connect,
  id,
  open,
  pageOf,
  problem,
  sentTo,
  tell,
} from '../testing.fixture.tsx';

const down = aMonitor({ id: id(11), name: 'Api', url: 'https://api.example/', status: 'down', incidentId: id(20) });
const full = { 'GET /v1/monitors': pageOf(aMonitor(), aMonitor({ id: id(12), name: 'Blog' }), down) };
const names = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getByRole('link').textContent);

test('while monitors are loading the page says so', async () => {
  open('/', { 'GET /v1/monitors': () => new Promise(() => undefined) });
  expect(await screen.findByText('Loading monitors')).toBeDefined();
});

test('without monitors the page says what to do next', async () => {
  open('/', {});
  expect((await screen.findByRole('link', { name: 'Watch a site' })).getAttribute('href')).toBe('/monitors/new');
});

test('a failure says what failed and can be tried again', async () => {
  let works = false;
  open('/', { 'GET /v1/monitors': () => (works ? pageOf(aMonitor()) : problem(503, 'busy', 'Come back later.')) });
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('Come back later.');
  expect(alert.textContent).toContain('req-1');
  works = true;
  await userEvent.click(within(alert).getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('link', { name: 'Shop' })).toBeDefined();
});

test('failing monitors come first, and the page and its tab say how many are down', async () => {
  open('/', full);
  await screen.findByRole('link', { name: 'Api' });
  expect(names()).toEqual(['Api', 'Blog', 'Shop']);
  expect(screen.getByText('1 of 3 is down')).toBeDefined();
  expect(document.title).toBe('(1 down) Monitors · Farwatch');
});

test('the search narrows the list and stands in the URL', async () => {
  const { router } = open('/', full);
  await userEvent.type(await screen.findByLabelText(/Search monitors/u), 'blo');
  expect(names()).toEqual(['Blog']);
  expect(router.state.location.href).toBe('/?search=blo');
});

test('a count shows its state only', async () => {
  open('/', full);
  await userEvent.click(await screen.findByRole('button', { name: /1 ?Down/u }));
  expect(names()).toEqual(['Api']);
});

test('a change that is told while the list is being read again is not undone by the older answer', async () => {
  const held = Promise.withResolvers<void>();
  const api = aMonitor({ id: id(11), name: 'Api' });
  let reads = 0;
  open('/', {
    'GET /v1/monitors': async () => {
      if (reads++ === 0) return pageOf(aMonitor());
      await held.promise;
      return pageOf(aMonitor(), api);
    },
  });
  await screen.findByRole('link', { name: 'Shop' });
  connect();
  tell('incident.opened', anIncident({ monitorId: api.id })); // a monitor that nobody knows here: all are read again
  await expect.poll(() => reads).toBe(2);
  tell('monitor.status-changed', { monitorId: id(10), status: 'down', statusSince: '2026-11-23T06:01:00.000Z' });
  expect(await screen.findByRole('button', { name: /1 ?Down/u })).toBeDefined();
  held.resolve();
  await screen.findByRole('link', { name: 'Api' });
  expect(screen.getByRole('button', { name: /1 ?Down/u })).toBeDefined();
});

test('a change of state told by the stream is seen without a reload', async () => {
  open('/', { 'GET /v1/monitors': pageOf(aMonitor()) });
  await screen.findByRole('link', { name: 'Shop' });
  connect();
  tell('monitor.status-changed', { monitorId: id(10), status: 'down', statusSince: '2026-11-23T06:01:00.000Z' });
  tell('incident.opened', anIncident({ status: 'open', resolvedAt: null }));
  tell(
    'check.completed',
    aResult({
      id: 'x',
      scheduledAt: '2026-11-23T06:01:00.000Z',
      status: 502,
      outcome: { verdict: 'down', failure: { kind: 'status', status: 502 } },
    }),
  );
  await expect.poll(() => screen.getAllByRole('row')[1]?.textContent).toMatch(/Down.*502/u);
});

test('deleting names what will be lost, asks first, and can be taken back', async () => {
  const sent: unknown[] = [];
  const { asked } = open('/', {
    ...full,
    'POST /v1/monitors/bulk': async (request) => {
      const body = await request.json();
      sent.push(body);
      const monitor = body.action.kind === 'restore' ? down : null;
      return { body: { items: [{ monitorId: id(11), monitor, problem: null }] } };
    },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Actions for Api' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete' }));
  const dialog = await screen.findByRole('dialog');
  expect(dialog.textContent).toContain('https://api.example/');
  expect(asked.some(({ method }) => method === 'POST')).toBe(false);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Delete monitor' }));
  await expect.poll(() => screen.queryByRole('link', { name: 'Api' })).toBeNull();
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  await screen.findByRole('link', { name: 'Api' });
  expect(sent).toEqual([
    { monitorIds: [id(11)], action: { kind: 'delete' } },
    { monitorIds: [id(11)], action: { kind: 'restore' } },
  ]);
});

test('n opens a new monitor and / goes to the search, but not while typing', async () => {
  const { router } = open('/', full);
  const search = await screen.findByLabelText(/Search monitors/u);
  await userEvent.keyboard('/');
  expect(document.activeElement).toBe(search);
  await userEvent.keyboard('n{Escape}');
  expect(router.state.location.pathname).toBe('/');
  await userEvent.keyboard('gi');
  await expect.poll(() => router.state.location.pathname).toBe('/incidents');
});

test('tags narrow the list, stand in the URL and in the table', async () => {
  const { router } = open('/?tag=shop', {
    'GET /v1/monitors': pageOf(
      aMonitor({ tags: ['eu', 'shop', 'vip'] }),
      aMonitor({ id: id(12), name: 'Blog', tags: ['eu'] }),
    ),
  });
  await screen.findByRole('link', { name: 'Shop' });
  expect(names()).toEqual(['Shop']);
  expect(screen.getByTitle('eu, shop, vip').textContent).toBe('eushop+1');
  await userEvent.click(await screen.findByRole('combobox', { name: 'Show monitors with these tags' }));
  await userEvent.click(await screen.findByRole('option', { name: 'eu' }));
  expect(names()).toEqual(['Blog', 'Shop']);
  expect(router.state.location.href).toBe('/?tag=shop,eu');
});

const summary = (monitorId: string, change: object = {}) => ({
  monitorId,
  uptime: 0.99931,
  bars: `${'u'.repeat(46)}pu`,
  down: [[46, 60_000]],
  times: Array.from({ length: 24 }, (_, i) => (i === 3 ? null : 80 + i)),
  p95Ms: 120,
  ...change,
});
const withDays = {
  ...full,
  'GET /v1/monitor-summaries': {
    body: {
      to: '2026-11-23T06:30:00.000Z',
      items: [
        summary(id(10)),
        summary(id(11), { uptime: 0.9, p95Ms: 900, down: [], bars: '-'.repeat(48) }),
        summary(id(12), { uptime: 1, p95Ms: 30, down: [], bars: 'u'.repeat(48) }),
      ],
    },
  },
};

test('each row tells its last day in words too, and never rounds up to all of it', async () => {
  open('/', withDays);
  expect(await screen.findByRole('img', { name: /Down for 1 min of the last 24 hours/u })).toBeDefined();
  expect(screen.getByRole('img', { name: 'Not down in the last 24 hours' })).toBeDefined();
  expect(screen.getByRole('img', { name: 'Nobody looked in the last 24 hours' })).toBeDefined();
  expect(screen.getByText('99.93%')).toBeDefined();
  expect(screen.getByText('100.00%')).toBeDefined();
  expect(screen.getByText('120 ms')).toBeDefined();
});

test('a heading sorts, and the order stands in the URL', async () => {
  const { router } = open('/', withDays);
  await screen.findByText('120 ms');
  await userEvent.click(screen.getByRole('button', { name: 'p95' }));
  expect(names()).toEqual(['Blog', 'Shop', 'Api']);
  await userEvent.click(screen.getByRole('button', { name: 'p95' }));
  expect(names()).toEqual(['Api', 'Shop', 'Blog']);
  expect(router.state.location.href).toBe('/?sort=-p95');
});

test('columns can be left out, and the URL says which are there', async () => {
  const { router } = open('/', withDays);
  await userEvent.click(await screen.findByRole('button', { name: 'Columns' }));
  await userEvent.click(await screen.findByRole('menuitemcheckbox', { name: 'Tags' }));
  expect(screen.queryByRole('columnheader', { name: 'Tags' })).toBeNull();
  expect(router.state.location.href).toBe('/?columns=day,code,time,p95,since');
});

test('several are chosen with shift, and what is done to them is told, with what was refused', async () => {
  const sent: unknown[] = [];
  open('/', {
    ...full,
    'POST /v1/monitors/bulk': async (request) => {
      const body = await request.json();
      sent.push(body);
      return {
        body: {
          items: body.monitorIds.map((monitorId: string, i: number) => ({
            monitorId,
            monitor:
              i === 0
                ? aMonitor({ id: monitorId, name: 'Api', status: 'paused', pausedAt: '2026-11-23T06:00:00.000Z' })
                : null,
            problem: i === 0 ? null : { status: 404, code: 'not-found', detail: 'There is no such monitor.' },
          })),
        },
      };
    },
  });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('checkbox', { name: 'Choose Api' }));
  await user.keyboard('{Shift>}');
  await user.click(screen.getByRole('checkbox', { name: 'Choose Shop' }));
  await user.keyboard('{/Shift}');
  expect(screen.getByText('3 chosen')).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Pause' }));
  expect(await screen.findByText('1 monitor is paused')).toBeDefined();
  expect(screen.getByText('2 monitors were left as they are')).toBeDefined();
  expect(sent).toEqual([{ monitorIds: expect.arrayContaining([id(10), id(11), id(12)]), action: { kind: 'pause' } }]);
});

test('what a change of many monitors would have told is replayed before it is made', async () => {
  const outcome = { told: 1, messages: 3, channels: [], isLeast: false };
  const { asked } = open('/', {
    ...full,
    'GET /v1/escalation-policies': pageOf(),
    'POST /v1/alert-previews': {
      body: {
        ...{ from: '2026-10-24T06:00:00.000Z', to: at, incidents: 1, isCut: false, differing: [], summary: '' },
        ...{ assumes: '', present: { ...outcome, alerts: 4 }, wanted: { ...outcome, alerts: 2 } },
      },
    },
  });
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Choose Api' }));
  await userEvent.click(screen.getByRole('button', { name: 'Edit' }));
  await userEvent.type(await screen.findByRole('textbox', { name: 'Alert after' }), '5');
  expect(await screen.findByText(/this would have sent 2 alerts.*As it is now: 4/u)).toBeDefined();
  expect(await sentTo(asked, 'POST /v1/alert-previews')).toEqual({
    change: { kind: 'monitors', monitorIds: [expect.any(String)], alertAfterMs: 300_000 },
  });
});

const gone = { id: id(15), name: 'Old shop', url: 'https://old.example/', deletedAt: at, keptUntil: at };

test('what was deleted stands below the list, quietly, and comes back', async () => {
  let items = [gone];
  const { asked } = open('/', {
    ...full,
    'GET /v1/deleted-monitors': () => pageOf(...items),
    [`POST /v1/monitors/${gone.id}/restore`]: () => {
      items = [];
      return { body: aMonitor({ id: gone.id, name: gone.name }) };
    },
  });
  const part = within(await screen.findByRole('region', { name: 'Deleted monitors' }));
  expect(part.getByText('1 monitor deleted in the last 24 hours')).toBeDefined();
  expect(part.queryByText('https://old.example/')).toBeNull();
  await userEvent.click(part.getByRole('button', { name: 'Show' }));
  await userEvent.click(part.getByRole('button', { name: 'Bring back Old shop' }));
  expect(await part.findByText('Nothing is left that was deleted in the last 24 hours.')).toBeDefined();
  expect(await screen.findByText('Old shop is back, with its log and its incidents.')).toBeDefined();
  expect(asked.filter(({ url }) => new URL(url).pathname === '/v1/monitors').length).toBeGreaterThan(1);
});

test('what was deleted and can’t be loaded says so and can be tried again', async () => {
  let works = false;
  open('/', { ...full, 'GET /v1/deleted-monitors': () => (works ? pageOf(gone) : { status: 503 }) });
  await screen.findByText('What was deleted could not be loaded.');
  works = true;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('region', { name: 'Deleted monitors' })).toBeDefined();
});

test('one that there is no room for stays, and why is said', async () => {
  open('/', {
    ...full,
    'GET /v1/deleted-monitors': pageOf(gone),
    [`POST /v1/monitors/${gone.id}/restore`]: problem(409, 'monitor-limit', 'At most 3 monitors.'),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Show' }));
  await userEvent.click(screen.getByRole('button', { name: 'Bring back Old shop' }));
  expect(await screen.findByText('Old shop could not be brought back')).toBeDefined();
  expect(screen.getByRole('button', { name: 'Bring back Old shop' })).toBeDefined();
});
