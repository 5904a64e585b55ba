import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { aWindow, occurrences, path, runsNow, show } from '../features/maintenance/windows.fixture.ts';
import { connect, id, type Network, pageOf, problem, sentTo, tell } from '../testing.fixture.tsx';

// Loaded on demand; on a busy machine the first time takes longer than a test waits.
beforeAll(async () => {
  await import('../features/maintenance/window-editor.tsx');
  await import('../features/alert-preview/alert-preview.tsx');
}, 60_000);
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-27T12:00:00Z') }));
afterEach(() => void vi.useRealTimers());

test('what runs can be ended, and what is deleted says what is lost', async () => {
  let windows = [aWindow({ current: runsNow })];
  show({
    [`GET ${path}`]: () => pageOf(...windows),
    [`POST ${path}/${id(60)}/end`]: () => {
      windows = [aWindow()];
      return { body: windows[0] };
    },
    [`DELETE ${path}/${id(60)}`]: () => {
      windows = [];
      return { status: 204 };
    },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'End now: Updates' }));
  await expect.poll(() => screen.queryByRole('button', { name: 'End now: Updates' })).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Delete Updates' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Delete window' }));
  expect(await screen.findByText('No maintenance is planned')).toBeDefined();
});

test('an end is taken back: it runs on to the end that it had', async () => {
  let windows = [aWindow({ current: runsNow })];
  const answer = (current: typeof runsNow | null) => () => {
    windows = [aWindow({ current })];
    return { body: windows[0] };
  };
  const { asked } = show({
    [`GET ${path}`]: () => pageOf(...windows),
    [`POST ${path}/${id(60)}/end`]: answer(null),
    [`POST ${path}/${id(60)}/resume`]: answer(runsNow),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'End now: Updates' }));
  await screen.findByText('Updates is ended.');
  await expect.poll(() => screen.queryByRole('button', { name: 'End now: Updates' })).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
  expect(await screen.findByRole('button', { name: 'End now: Updates' })).toBeDefined();
  expect(asked.filter(({ url }) => url.endsWith('/resume'))).toHaveLength(1);
});

test('of more windows than one page has each that runs is told', async () => {
  const older = aWindow({ id: id(61), name: 'Old move', current: runsNow });
  show({
    [`GET ${path}`]: ({ url }) =>
      new URL(url).searchParams.get('cursor') === 'more'
        ? pageOf(older)
        : { body: { items: [aWindow()], next: 'more', previous: null } },
  });
  expect(await screen.findByRole('button', { name: 'End now: Old move' })).toBeDefined();
});

test('a window that somebody else ends is ended here too', async () => {
  let current: typeof runsNow | null = runsNow;
  show({ [`GET ${path}`]: () => pageOf(aWindow({ current })) });
  connect();
  await screen.findByRole('button', { name: 'End now: Updates' });
  current = null;
  tell('maintenance.ended', { monitorId: id(10), windowId: id(60), name: 'Updates', until: runsNow.until });
  await expect.poll(() => screen.queryByRole('button', { name: 'End now: Updates' }), { timeout: 3_000 }).toBeNull();
});

test('a window is changed with If-Match; saved without a change it is as it was', async () => {
  const window = aWindow({ note: 'Kernel', rule: 'FREQ=WEEKLY;BYDAY=SU' });
  const { asked } = show({
    [`GET ${path}`]: pageOf(window),
    [`GET ${path}/${id(60)}`]: { body: window, headers: { etag: '"3"' } },
    [`PATCH ${path}/${id(60)}`]: { body: window },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Edit Updates' }));
  const save = await screen.findByRole('button', { name: 'Save window' });
  await expect
    .poll(() => sentTo(asked, 'POST /v1/alert-previews'), { timeout: 5_000 })
    .toMatchObject({ change: { kind: 'maintenance-window', windowId: id(60), window: { name: 'Updates' } } });
  await userEvent.click(save);
  await expect
    .poll(() => sentTo(asked, `PATCH ${path}/${id(60)}`))
    .toEqual({
      ...{ name: 'Updates', note: 'Kernel', startsAt: '2026-11-29T02:00:00', timeZone: 'Europe/Berlin' },
      ...{ durationMs: 7_200_000, rule: 'FREQ=WEEKLY;BYDAY=SU', appliesTo: { kind: 'all' }, countsAs: 'excluded' },
    });
  expect(asked.findLast(({ method }) => method === 'PATCH')?.headers.get('if-match')).toBe('"3"');
});

test('one that somebody else changed meanwhile can be loaded as it is now', async () => {
  let tag = '"3"';
  show({
    [`GET ${path}`]: pageOf(aWindow()),
    [`GET ${path}/${id(60)}`]: () => ({ body: aWindow({ name: `Of ${tag}` }), headers: { etag: tag } }),
    [`PATCH ${path}/${id(60)}`]: problem(412, 'precondition-failed', 'It was changed.'),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Edit Updates' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Save window' }));
  tag = '"4"';
  await userEvent.click(await screen.findByRole('button', { name: 'Load it as it is now' }));
  await expect.poll(() => screen.getByLabelText<HTMLInputElement>('Name').value).toBe('Of "4"');
});

const remove = async (): Promise<void> => {
  await userEvent.click(await screen.findByRole('button', { name: 'Delete Updates' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Delete window' }));
};

/** Deletes the only window; the calendar hears of it when its row is gone already. */
const removeLast = async (more: Network) => {
  let windows = [aWindow()];
  const gone = Promise.withResolvers<void>();
  const { asked } = show({
    [`GET ${path}`]: () => pageOf(...windows),
    [`GET ${occurrences}`]: async () => {
      if (windows.length === 0) await gone.promise;
      return { body: { items: [], isCut: false } };
    },
    [`DELETE ${path}/${id(60)}`]: () => {
      windows = [];
      return { status: 204 };
    },
    ...more,
  });
  await remove();
  expect(await screen.findByText('No maintenance is planned')).toBeDefined();
  gone.resolve();
  return asked;
};

test('what is deleted comes back as it was, although its row is gone at once', async () => {
  const asked = await removeLast({ [`POST ${path}/${id(60)}/restore`]: { body: aWindow() } });
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(await screen.findByText('Taken back')).toBeDefined();
  expect(asked.some(({ url }) => url.endsWith(`${path}/${id(60)}/restore`))).toBe(true);
});

test('what can’t be taken back says why, and can be tried again', async () => {
  let full = true;
  await removeLast({
    [`POST ${path}/${id(60)}/restore`]: () =>
      full ? problem(409, 'too-many', 'There are too many windows.') : { body: aWindow() },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  expect((await screen.findByText('There are too many windows.')).role).toBe('alert');
  full = false;
  await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
  expect(await screen.findByRole('button', { name: 'Taken back' })).toBeDefined();
});

test('a question that is asked anew says nothing of what failed before', async () => {
  show({ [`GET ${path}`]: pageOf(aWindow()), [`DELETE ${path}/${id(60)}`]: problem(503, 'busy', 'Busy just now.') });
  await remove();
  expect(await screen.findByText('Busy just now.')).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Delete Updates' }));
  const again = await screen.findByRole('button', { name: 'Delete window' });
  expect(screen.queryByText('Busy just now.')).toBeNull();
  await userEvent.click(again);
  expect(await screen.findByText('Busy just now.')).toBeDefined();
});

test('a monitor that was deleted is told as that in the form, and can be taken out', async () => {
  const window = aWindow({ appliesTo: { kind: 'monitors', monitorIds: [id(99)] } });
  show({ [`GET ${path}`]: pageOf(window), [`GET ${path}/${id(60)}`]: { body: window } });
  await userEvent.click(await screen.findByRole('button', { name: 'Edit Updates' }));
  expect((await screen.findAllByText('a deleted monitor')).length).toBeGreaterThan(0);
  expect(screen.queryByText(id(99))).toBeNull();
});
