import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { connect, id, open, pageOf, tell } from '../testing.fixture.tsx';
import { log, look, looks, results, scrollTo, section, shownTimes } from './monitor-log.fixture.ts';
import { network, path } from './monitor-page.fixture.ts';

vi.mock('uplot', () => import('./uplot.fixture.ts'));

test('new looks come in at the top while nobody has scrolled', async () => {
  open(`/monitors/${id(10)}`, network({ [results]: pageOf(...looks(0, 3)) }));
  const list = await log();
  connect();
  tell(
    'check.completed',
    look(3, { status: 503, outcome: { verdict: 'down', failure: { kind: 'status', status: 503 } } }),
  );
  expect(await within(list).findByText('HTTP 503')).toBeDefined();
  expect(shownTimes(list)[0]).toBe(look(3).startedAt);
  expect(within(await section()).getByText('4 looks')).toBeDefined();
});

test('while somebody reads further down they wait behind a button', async () => {
  open(`/monitors/${id(10)}`, network({ [results]: pageOf(...looks(0, 90)) }));
  const list = await log();
  scrollTo(list, 2_000);
  connect();
  tell('check.completed', look(90));
  tell('check.completed', look(91));
  const fresh = await within(await section()).findByRole('button', { name: '2 new' });
  expect(shownTimes(list)).not.toContain(look(91).startedAt);
  await userEvent.click(fresh);
  await waitFor(async () => expect(shownTimes(await log())[0]).toBe(look(91).startedAt));
  expect(screen.queryByRole('button', { name: '2 new' })).toBeNull();
});

test('the tail can be paused', async () => {
  open(`/monitors/${id(10)}`, network({ [results]: pageOf(...looks(0, 3)) }));
  const list = await log();
  await userEvent.click(screen.getByRole('button', { name: 'Live' }));
  connect();
  tell('check.completed', look(3));
  expect(await screen.findByRole('button', { name: '1 new' })).toBeDefined();
  expect(shownTimes(list)[0]).toBe(look(2).startedAt);
  await userEvent.click(screen.getByRole('button', { name: 'Paused' }));
  await waitFor(() => expect(shownTimes(list)[0]).toBe(look(3).startedAt));
});

test('a look that the filter does not show is not shown', async () => {
  open(`/monitors/${id(10)}?verdict=down&failure=status&trigger=schedule`, network({ [results]: pageOf() }));
  await screen.findByText('No look matches');
  connect();
  tell('check.completed', look(1));
  tell('check.completed', look(2, { outcome: { verdict: 'down', failure: { kind: 'timeout', afterMs: 10_000 } } }));
  expect(screen.getByText('No look matches')).toBeDefined();
  tell(
    'check.completed',
    look(3, { status: 502, outcome: { verdict: 'down', failure: { kind: 'status', status: 502 } } }),
  );
  expect(within(await log()).getAllByRole('button')).toHaveLength(1);
});

test('a look on request is made from all regions, and its rows are told apart when they arrive', async () => {
  const asked = look(9);
  open(`/monitors/${id(10)}`, {
    ...network({ [results]: pageOf(...looks(0, 3)) }),
    [`POST ${path}/check`]: { status: 202, body: { scheduledAt: asked.scheduledAt, regions: ['fra', 'iad'] } },
  });
  const list = await log();
  await userEvent.click(screen.getByRole('button', { name: 'Re-check now' }));
  expect(await screen.findByText('0 of 2 regions have answered')).toBeDefined();
  connect();
  tell('check.completed', { ...asked, trigger: 'request' });
  expect(await screen.findByText('1 of 2 regions have answered')).toBeDefined();
  expect(list.querySelectorAll('[data-asked]')).toHaveLength(1);
  tell('check.completed', { ...asked, id: asked.id.replace('fra', 'iad'), region: 'iad', trigger: 'request' });
  expect(await screen.findByText('All 2 regions have answered')).toBeDefined();
});

test('how many regions have answered is told although the filter hides their looks', async () => {
  const asked = look(9);
  open(`/monitors/${id(10)}?verdict=down`, {
    ...network({ [results]: ({ url }) => pageOf(...(url.includes('verdict=down') ? [] : looks(0, 3))) }),
    [`POST ${path}/check`]: { status: 202, body: { scheduledAt: asked.scheduledAt, regions: ['fra'] } },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Re-check now' }));
  expect(await screen.findByText('0 of 1 regions have answered')).toBeDefined();
  connect();
  tell('check.completed', { ...asked, trigger: 'request' });
  expect(await screen.findByText('The region has answered')).toBeDefined();
});

test('a look that is told while the log is being fetched is not lost', async () => {
  const held = Promise.withResolvers<void>();
  open(
    `/monitors/${id(10)}`,
    network({
      [results]: async () => {
        await held.promise;
        return pageOf(...looks(0, 3));
      },
    }),
  );
  await screen.findByText('Loading the response log');
  connect();
  tell('check.completed', look(3));
  held.resolve();
  expect(shownTimes(await log())[0]).toBe(look(3).startedAt);
});

test('a look that is told while an older page is being fetched is not lost', async () => {
  const held = Promise.withResolvers<void>();
  open(
    `/monitors/${id(10)}`,
    network({
      [results]: async ({ url }) => {
        if (!url.includes('cursor=')) return { body: { items: looks(90, 190), next: 'older', previous: null } };
        await held.promise;
        return { body: { items: looks(0, 90), next: null, previous: 'newer' } };
      },
    }),
  );
  const list = await log();
  scrollTo(list, 4_400);
  connect();
  tell('check.completed', look(190));
  held.resolve();
  const fresh = await within(await section()).findByRole('button', { name: '1 new' });
  await waitFor(() => expect(screen.queryByText(/^The newest/u)).toBeNull());
  await userEvent.click(fresh);
  await waitFor(async () => expect(shownTimes(await log())[0]).toBe(look(190).startedAt));
});
