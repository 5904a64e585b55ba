import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { aMonitor, at, id, open, pageOf, problem, sentTo } from '../testing.fixture.tsx';
import { down, full } from './monitors.fixture.ts';

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
        ...{
          from: '2026-10-24T06:00:00.000Z',
          to: at,
          incidents: 1,
          isCut: false,
          differing: [],
          summary: '',
          areParentsCut: true,
        },
        ...{ assumes: '', present: { ...outcome, alerts: 4 }, wanted: { ...outcome, alerts: 2 } },
      },
    },
  });
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Choose Api' }));
  await userEvent.click(screen.getByRole('button', { name: 'Edit' }));
  await userEvent.type(await screen.findByRole('textbox', { name: 'Alert after' }), '5');
  expect(await screen.findByText(/this would have sent 2 alerts.*As it is now: 4/u)).toBeDefined();
  expect(screen.getByText(/The parents failed more often than is read/u)).toBeDefined();
  expect(await sentTo(asked, 'POST /v1/alert-previews')).toEqual({
    change: { kind: 'monitors', monitorIds: [expect.any(String)], alertAfterMs: 300_000 },
  });
});

test('another timeout of many monitors is replayed monitor by monitor; one that can’t have it is named', async () => {
  const outcome = { alerts: 1, downMs: 0, isLeast: false };
  const preview = {
    ...{ from: '2026-10-24T06:00:00.000Z', to: at, incidents: [], summary: '', assumes: '' },
    ...{ present: { ...outcome, incidents: 1, sent: 2 }, wanted: { ...outcome, incidents: 3, sent: 4 } },
    caveats: [{ what: 'shorter-timeout', looks: 5, summary: '' }],
  };
  const { asked } = open('/', {
    ...full,
    'GET /v1/escalation-policies': pageOf(),
    [`POST /v1/monitors/${id(10)}/policy-preview`]: { body: preview },
    [`POST /v1/monitors/${id(11)}/policy-preview`]: { body: preview },
    [`POST /v1/monitors/${id(12)}/policy-preview`]: problem(400, 'validation-failed', 'The timeout may not exceed it.'),
  });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('checkbox', { name: 'Choose Api' }));
  await user.keyboard('{Shift>}');
  await user.click(screen.getByRole('checkbox', { name: 'Choose Shop' }));
  await user.keyboard('{/Shift}');
  await user.click(screen.getByRole('button', { name: 'Edit' }));
  await user.type(await screen.findByRole('textbox', { name: 'Timeout' }), '2');
  expect(
    await screen.findByText(/this would have opened 6 incidents and sent 8 alerts. As saved: 2 incidents, 4 sent./u),
  ).toBeDefined();
  expect(screen.getByText('1 monitor can’t have these settings: The timeout may not exceed it.')).toBeDefined();
  expect(screen.getByText(/^10 looks took longer than the new timeout/u)).toBeDefined();
  expect(await sentTo(asked, `POST /v1/monitors/${id(10)}/policy-preview`)).toEqual({ timeoutMs: 2_000 });
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
