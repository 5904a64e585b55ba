import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { aResult, connect, id, open, pageOf, tell } from '../testing.fixture.tsx';
import { network, path } from './monitor-page.fixture.ts';

vi.mock('uplot', () => import('./uplot.fixture.ts'));

const start = Date.parse('2026-11-23T06:00:00.000Z');
/** The nth look; its answer's code says which it is. */
const look = (n: number) => {
  const at = new Date(start + n * 10_000).toISOString();
  return aResult({ id: `${start + n * 10_000}-fra-any`, scheduledAt: at, startedAt: at, status: 200 + n });
};
const detail = (n: number) => ({
  [`GET ${path}/results/${look(n).id}`]: { body: { ...look(n), evidence: null, details: null, detailsOf: null } },
});
const details = Object.assign({}, ...[0, 1, 2, 3, 4].map(detail));
const results = `GET ${path}/results`;
const at = (n: number): string => `/monitors/${id(10)}?look=${look(n).id}`;
const panel = async (n: number): Promise<HTMLElement> => {
  const dialog = await screen.findByRole('dialog', { name: 'Look' });
  await within(dialog).findByRole('heading', { name: `HTTP ${200 + n}` });
  return dialog;
};
const ends = (dialog: HTMLElement, name: string) =>
  within(dialog).getByRole('button', { name }).getAttribute('aria-disabled');

test('from look to look by button and by key, to the log’s ends', async () => {
  const { router } = open(at(1), network({ [results]: pageOf(look(2), look(1), look(0)), ...details }));
  const dialog = await panel(1);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Newer' }));
  await panel(2);
  expect(ends(dialog, 'Newer')).toBe('true');
  await userEvent.keyboard('jj');
  await panel(0);
  expect(ends(dialog, 'Older')).toBe('true');
  expect(router.state.location.search).toMatchObject({ look: look(0).id });
  await userEvent.keyboard('k');
  await panel(1);
});

test('older looks that are not at hand are fetched by their page', async () => {
  open(
    at(3),
    network({
      [results]: ({ url }) =>
        new URL(url).searchParams.get('cursor') === 'older'
          ? { body: { items: [look(2)], next: null, previous: 'newer' } }
          : { body: { items: [look(3)], next: 'older', previous: null } },
      ...details,
    }),
  );
  const dialog = await panel(3);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Older' }));
  await panel(2);
});

test('a look that was linked to is walked on from where it lies in the log', async () => {
  const { router } = open(
    at(1),
    network({
      [results]: ({ url }) =>
        new URL(url).searchParams.has('at')
          ? { body: { items: [look(1), look(0)], next: null, previous: 'newer' } }
          : { body: { items: [look(4)], next: 'older', previous: null } },
      ...details,
    }),
  );
  const dialog = await panel(1);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Older' }));
  await panel(0);
  expect(router.state.location.search).toMatchObject({ at: look(1).scheduledAt });
});

test('what a filter came to is said once, and not again with each look that comes in', async () => {
  const { router } = open(`/monitors/${id(10)}`, network({ [results]: pageOf(look(1), look(0)) }));
  const section = within(await screen.findByRole('region', { name: 'Response log' }));
  await section.findByText('2 looks');
  const [status] = section.getAllByRole('status');
  expect(status?.textContent).toBe('');
  const monitorId = id(10);
  await act(() => router.navigate({ to: '/monitors/$monitorId', params: { monitorId }, search: { code: '200,201' } }));
  await expect.poll(() => status?.textContent).toBe('2 looks');
  connect();
  tell('check.completed', { ...look(2), status: 200 });
  expect(await section.findByText('3 looks')).toBeDefined();
  expect(status?.textContent).toBe('2 looks');
});
