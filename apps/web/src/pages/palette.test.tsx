import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { aMonitor, anIncident, id, open, pageOf } from '../testing.fixture.tsx';

const shop = aMonitor();
const blog = aMonitor({ id: id(11), name: 'Blog', url: 'https://blog.example/' });
const down = anIncident({ status: 'open', resolvedAt: null, durationMs: null, endReason: null });
const aView = (change: object = {}) => ({
  ...{ id: id(60), place: 'monitors', name: 'Shops that fail', search: { search: 'shop' }, visibility: 'private' },
  ...{ isDefault: false, own: true, createdAt: shop.createdAt, updatedAt: shop.createdAt, ...change },
});
const network = {
  'GET /v1/monitors': pageOf(shop, blog),
  'GET /v1/incidents': pageOf(down),
  'GET /v1/saved-views': { body: { items: [aView()] } },
  [`GET /v1/monitors/${blog.id}`]: { body: blog },
};

test('Ctrl K finds a monitor by its URL and goes there', async () => {
  const { router } = open('/', network);
  await screen.findByRole('link', { name: /Blog/u });
  await userEvent.keyboard('{Control>}k{/Control}');
  const field = await screen.findByRole('textbox', { name: 'Search for a monitor, a page or something to do' });
  await userEvent.type(field, 'blog.example');
  expect(await screen.findByRole('button', { name: /Blog ?https:/u, hidden: true })).toBeDefined();
  await userEvent.keyboard('{ArrowDown}{Enter}');
  await expect.poll(() => router.state.location.pathname).toBe(`/monitors/${blog.id}`);
});

test('the palette acknowledges what is down, and opens a saved view', async () => {
  const { asked, router } = open('/incidents', {
    ...network,
    [`POST /v1/incidents/${down.id}/acknowledge`]: { body: down },
  });
  await screen.findByRole('heading', { name: 'Incidents' });
  await userEvent.keyboard('{Meta>}k{/Meta}');
  await userEvent.click(await screen.findByText('Acknowledge: Shop is down'));
  const wanted = `/v1/incidents/${down.id}/acknowledge`;
  await expect.poll(() => asked.some(({ url }) => url.endsWith(wanted))).toBe(true);
  await userEvent.keyboard('{Control>}k{/Control}');
  await userEvent.click(await screen.findByText('Shops that fail'));
  await expect.poll(() => router.state.location.href).toBe('/?search=shop');
});

test('one can log out by the palette', async () => {
  const { asked } = open('/', { ...network, 'POST /v1/auth/sign-out': { body: { success: true } } });
  await screen.findByRole('link', { name: /Blog/u });
  await userEvent.keyboard('{Control>}k{/Control}');
  const field = await screen.findByRole('textbox', { name: 'Search for a monitor, a page or something to do' });
  await userEvent.type(field, 'sign out');
  await userEvent.click(await screen.findByText('Log out'));
  await expect.poll(() => asked.some(({ url }) => url.endsWith('/v1/auth/sign-out'))).toBe(true);
});

test('keys lead to places, and rest while somebody types', async () => {
  const { router } = open('/', network);
  const search = await screen.findByRole('textbox', { name: /Search monitors/u });
  await userEvent.keyboard('gi');
  await expect.poll(() => router.state.location.pathname).toBe('/incidents');
  await userEvent.keyboard('gm');
  await expect.poll(() => router.state.location.pathname).toBe('/');
  await userEvent.type(await screen.findByRole('textbox', { name: /Search monitors/u }), 'gi?n');
  expect(router.state.location.pathname).toBe('/');
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(search).toBeDefined();
});

test('? lists the shortcuts', async () => {
  open('/', network);
  await screen.findByRole('link', { name: /Blog/u });
  await userEvent.keyboard('?');
  const dialog = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
  expect(within(dialog).getByText('New monitor')).toBeDefined();
});

test('a view is saved under a name as it stands in the URL, and a taken name is said at its field', async () => {
  let tries = 0;
  const taken = { pointer: '/name', code: 'name-taken', detail: 'You have a view named “Mine” there already.' };
  const { asked } = open('/?search=blog', {
    ...network,
    'POST /v1/saved-views': () =>
      ++tries === 1
        ? { status: 409, body: { code: 'name-taken', detail: taken.detail, errors: [taken] } }
        : { status: 201, body: aView() },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Views' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Save this view' }));
  await userEvent.type(await screen.findByRole('textbox', { name: 'Name' }), 'Mine');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText(taken.detail)).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
  const sent = asked.filter(({ method }) => method === 'POST').at(-1);
  expect(await sent?.json()).toEqual({
    ...{ name: 'Mine', place: 'monitors', search: { search: 'blog' }, visibility: 'private', isDefault: false },
  });
});

test('what is down says since when in the reader’s zone, not in UTC', async () => {
  open('/', { ...network, 'GET /v1/incidents': pageOf({ ...down, startedAt: '2026-11-22T06:00:00.000Z' }) });
  await screen.findByRole('link', { name: /Blog/u });
  await userEvent.keyboard('{Control>}k{/Control}');
  expect(await screen.findByText(/^Since .*0?7:00:00.*: HTTP 502, seen from/u)).toBeDefined(); // in Berlin
  expect(screen.queryByText(/UTC/u)).toBeNull();
});
