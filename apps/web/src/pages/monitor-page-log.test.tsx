import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { aResult, connect, id, open, pageOf, problem, tell } from '../testing.fixture.tsx';
import { network, path } from './monitor-page.fixture.ts';

// jsdom has no canvas; what is drawn is looked at in pictures.
vi.mock('uplot', () => ({
  default: class {
    destroy(): void {}
  },
}));

const start = Date.parse('2026-11-23T06:00:00.000Z');
/** The nth look after the first, ten seconds apart. */
const look = (n: number, change: Parameters<typeof aResult>[0] = {}) => {
  const at = new Date(start + n * 10_000).toISOString();
  return aResult({ id: `${start + n * 10_000}-fra-any`, scheduledAt: at, startedAt: at, ...change });
};
const looks = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => look(to - 1 - i));
const results = `GET ${path}/results`;

const log = () => screen.findByRole('list', { name: 'Response log' });
const section = () => screen.findByRole('region', { name: 'Response log' });
const scrollTo = (list: HTMLElement, top: number): void => {
  const scroller = list.parentElement;
  if (scroller === null) throw new Error('the log scrolls nowhere');
  scroller.scrollTop = top;
  fireEvent.scroll(scroller);
};
const shownTimes = (list: HTMLElement): readonly string[] =>
  within(list)
    .getAllByRole('button')
    .map((row) => row.querySelector('time')?.dateTime ?? '');

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

test('at a moment the log opens in its middle, and both its ends are fetched', async () => {
  const at = look(100).scheduledAt;
  const pages: Record<string, unknown> = {
    [at]: { items: looks(50, 101), next: 'older', previous: 'newer' },
    older: { items: looks(0, 50), next: null, previous: 'x' },
    newer: { items: looks(101, 150), next: 'x', previous: null },
  };
  const { asked } = open(
    `/monitors/${id(10)}?at=${at}`,
    network({
      [results]: ({ url }) => {
        const { searchParams } = new URL(url);
        return {
          body: pages[searchParams.get('cursor') ?? searchParams.get('at') ?? ''] ?? {
            items: [],
            next: null,
            previous: null,
          },
        };
      },
    }),
  );
  await log();
  await within(await section()).findByText('150 looks');
  const cursors = asked.flatMap(({ url }) => new URL(url).searchParams.getAll('cursor'));
  expect(cursors.toSorted()).toEqual(['newer', 'older']);
  expect(within(await section()).getByText('Here the log begins: looks are kept for 30 days.')).toBeDefined();
});

test('arrows, Home and End move between the rows, Enter opens one and Esc goes back to it', async () => {
  const { router } = open(`/monitors/${id(10)}`, {
    ...network({ [results]: pageOf(...looks(0, 60)) }),
    [`${results}/${look(58).id}`]: { body: { ...look(58), evidence: null, details: null, detailsOf: null } },
  });
  const list = await log();
  const [first] = within(list).getAllByRole('button');
  first?.focus();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}');
  const focused = () => document.activeElement?.getAttribute('data-look');
  expect(focused()).toBe(look(58).id);
  await userEvent.keyboard('{End}');
  await waitFor(() => expect(focused()).toBe(look(0).id));
  await userEvent.keyboard('{Home}{ArrowDown}{Enter}');
  expect(await screen.findByRole('dialog', { name: 'Look' })).toBeDefined();
  expect(router.state.location.search).toMatchObject({ look: look(58).id });
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(router.state.location.search).not.toHaveProperty('look', look(58).id);
  await waitFor(() => expect(focused()).toBe(look(58).id));
});

test('a look is found by the address alone; one that the log has forgotten says so', async () => {
  const full = { ...look(1), evidence: null, details: null, detailsOf: null };
  const { unmount } = open(`/monitors/${id(10)}?look=${look(1).id}`, {
    ...network(),
    [`${results}/${look(1).id}`]: { body: full },
  });
  const panel = await screen.findByRole('dialog', { name: 'Look' });
  expect(await within(panel).findByText('Headers and body were not kept: they are of looks that fail.')).toBeDefined();
  expect(within(panel).getByRole('region', { name: 'The same with curl' }).textContent).toContain(
    'https://shop.example/',
  );
  unmount();
  open(`/monitors/${id(10)}?look=${look(2).id}`, network());
  expect(await screen.findByText('This look is not in the log any more.')).toBeDefined();
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

test('the field of status codes follows the address, and not its own echo', async () => {
  const { router } = open(`/monitors/${id(10)}?code=502`, network());
  const field = await screen.findByLabelText<HTMLInputElement>('Status codes');
  expect(field.value).toBe('502');
  await userEvent.type(field, ', 50');
  expect(field.value).toBe('502, 50');
  await userEvent.type(field, '4');
  await waitFor(() => expect(router.state.location.href).toContain('504'));
  expect(field.value).toBe('502, 504');
  await router.navigate({ to: '.', search: { code: '418' } as never }); // as the back button would
  await waitFor(() => expect(field.value).toBe('418'));
  await router.navigate({ to: '.', search: {} as never }); // as the back button would
  await waitFor(() => expect(field.value).toBe(''));
});

test('a log that can’t be loaded says so, and so does its rest; a retry brings it', async () => {
  let works = false;
  open(
    `/monitors/${id(10)}`,
    network({
      [results]: ({ url }) => {
        if (new URL(url).searchParams.get('cursor') === null)
          return { body: { items: looks(10, 20), next: 'more', previous: null } };
        return works ? pageOf(...looks(0, 10)) : problem(503, 'busy', 'Later.');
      },
    }),
  );
  expect(await screen.findByText('The rest of the log could not be loaded')).toBeDefined();
  expect(within(await log()).getAllByRole('button')).toHaveLength(10);
  works = true;
  await userEvent.click(within(await section()).getByRole('button', { name: 'Try again' }));
  expect(await within(await section()).findByText('20 looks')).toBeDefined();
});
