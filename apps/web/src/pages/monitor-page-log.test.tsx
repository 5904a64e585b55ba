import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { id, open, pageOf, problem } from '../testing.fixture.tsx';
import { log, look, looks, results, section } from './monitor-log.fixture.ts';
import { network } from './monitor-page.fixture.ts';

vi.mock('uplot', () => import('./uplot.fixture.ts'));

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
  expect(
    await within(panel).findByText('Headers and body were not kept: they are only kept of looks that fail.'),
  ).toBeDefined();
  expect(within(panel).getByRole('region', { name: 'The same with curl' }).textContent).toContain(
    'https://shop.example/',
  );
  unmount();
  open(`/monitors/${id(10)}?look=${look(2).id}`, network());
  expect(await screen.findByText('This look is not in the log any more.')).toBeDefined();
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
