import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { at, id, open, pageOf } from '../testing.fixture.tsx';
import { wallShown } from '../ui/wall-field.fixture.ts';

const aWindow = {
  ...{ id: id(60), name: 'Updates', note: null, startsAt: '2026-11-29T02:00:00', timeZone: 'Europe/Berlin' },
  ...{ durationMs: 7_200_000, rule: null, appliesTo: { kind: 'all' }, countsAs: 'excluded' },
  ...{ current: null, next: { from: at, until: at }, createdAt: at, updatedAt: at },
};
const from = '2026-11-29T01:00:00.000Z';
const path = '/v1/maintenance-windows';
const show = (search: string, until = '2026-11-29T03:00:00.000Z') =>
  open(`/maintenance${search}`, {
    [`GET ${path}`]: pageOf(aWindow),
    [`GET ${path}/${id(60)}`]: { body: aWindow, headers: { etag: '"3"' } },
    'GET /v1/maintenance-occurrences': {
      body: { items: [{ windowId: id(60), name: 'Updates', from, until }], isCut: false },
    },
  });

// Loaded on demand; on a busy machine the first time takes longer than a test waits.
beforeAll(async () => {
  await import('../features/maintenance/window-editor.tsx');
  await import('../features/alert-preview/alert-preview.tsx');
}, 60_000);
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-27T12:00:00Z') }));
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test('a time that is opened stands in the address, keeps the month, and goes with the back button', async () => {
  const { router } = show('?month=2026-11');
  const month = within(await screen.findByRole('region', { name: 'Maintenance in November 2026' }));
  await userEvent.click(await month.findByRole('button', { name: /^Updates, /u }));
  await screen.findByRole('dialog', { name: 'Updates' });
  expect(router.state.location.search).toEqual({ month: '2026-11', window: id(60), from });
  router.history.back();
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
  expect(router.state.location.search).toEqual({ month: '2026-11' });
});

test('a link opens the time it is of, and its form', async () => {
  const { router } = show(`?window=${id(60)}&from=${from}`);
  const dialog = within(await screen.findByRole('dialog', { name: 'Updates' }));
  expect(await dialog.findByText('When')).toBeDefined();
  await userEvent.click(dialog.getByRole('button', { name: 'Edit' }));
  expect((await screen.findByLabelText<HTMLInputElement>('Name')).value).toBe('Updates');
  expect(router.state.location.search).toEqual({ edit: id(60) });
});

test('a link to a window that is gone says so', async () => {
  show(`?window=${id(61)}`);
  expect(await screen.findByRole('dialog', { name: 'This window is not there any more' })).toBeDefined();
});

test.each([
  ['2026-12-01', /^Dec 1, 2026 /u],
  ['yes', /^Day :/u],
])('new=%s opens the form of a new window', async (day, begins) => {
  const { router } = show(`?new=${day}`);
  expect(await wallShown('Begins')).toMatch(begins);
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  await expect.poll(() => router.state.location.search).toEqual({});
});

test('on a narrow screen a time of several days stands on each of them', async () => {
  vi.spyOn(window, 'matchMedia').mockImplementation((media) =>
    Object.assign(new EventTarget(), {
      ...{ matches: media.includes('max-width'), media, onchange: null },
      ...{ addListener: () => undefined, removeListener: () => undefined },
    }),
  );
  // To midnight in Berlin: the first of December has nothing of it.
  show('', '2026-11-30T23:00:00.000Z');
  const agenda = within(await screen.findByRole('region', { name: 'Maintenance in November 2026' }));
  const days = (await agenda.findAllByRole('heading', { level: 2 })).map(({ textContent }) => textContent);
  expect(days).toEqual(['Sunday, November 29', 'Monday, November 30']);
  expect(agenda.getByText(/^goes on since/u)).toBeDefined();
});
