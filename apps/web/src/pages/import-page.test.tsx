import type { ImportItem } from '@farwatch/contracts';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { aMonitor, open, problem, sentTo } from '../testing.fixture.tsx';

const item = (at: number, change: Partial<ImportItem> = {}): ImportItem => ({
  ...{ at, name: `Site ${at}`, paused: false, duplicate: null, fault: null, notes: [] },
  monitor: { url: `https://s${at}.example/`, name: `Site ${at}` },
  ...change,
});
const preview = (...items: readonly ImportItem[]) => ({
  'POST /v1/monitor-imports/preview': { body: { format: 'lines', items } },
});
const read = async (text = 's1.example'): Promise<void> => {
  await userEvent.click(await screen.findByLabelText('URLs, or the text of a file'));
  await userEvent.paste(text);
  await userEvent.click(screen.getByRole('button', { name: 'Read it' }));
};

test('what a text would become is shown before anything is made', async () => {
  const { asked } = open(
    '/monitors/import',
    preview(
      item(1),
      item(2, { duplicate: 'stored' }),
      item(3, { monitor: null, fault: 'A monitor of type “ping” watches no URL over HTTP.' }),
      item(4, { paused: true, notes: ['Its proxy is not kept.'] }),
    ),
  );
  await read('some text');
  expect(await screen.findByText('2 new')).toBeDefined();
  expect(screen.getByText('1 known already')).toBeDefined();
  expect(screen.getByText('1 not possible')).toBeDefined();
  expect(screen.getByText('Watched already')).toBeDefined();
  expect(screen.getByText(/type “ping”/u)).toBeDefined();
  expect(screen.getByText('Made paused, as it was. Its proxy is not kept.')).toBeDefined();
  expect(screen.getByRole('checkbox', { name: 'Import Site 3' })).toHaveProperty('disabled', true);
  expect(screen.getByRole('button', { name: 'Watch 2 sites' })).toBeDefined();
  expect(await sentTo(asked, 'POST /v1/monitor-imports/preview')).toEqual({ text: 'some text', format: 'auto' });
  expect(asked.some(({ url }) => url.endsWith('/v1/monitors/batch'))).toBe(false);
});

test('the chosen ones are made with what all of them get, and what was refused is named', async () => {
  const { asked } = open('/monitors/import', {
    ...preview(item(1, { monitor: { url: 'https://s1.example/', tags: ['own'] } }), item(2), item(3)),
    'POST /v1/monitors/batch': {
      body: {
        items: [
          { monitor: aMonitor(), problem: null },
          { monitor: null, problem: { status: 409, code: 'monitor-limit', detail: 'At most 1000 monitors.' } },
        ],
      },
    },
  });
  await read();
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Import Site 3' }));
  await userEvent.type(screen.getByRole('combobox', { name: 'Tags for all of them' }), 'eu{Enter}');
  await userEvent.click(screen.getByRole('button', { name: 'Watch 2 sites' }));
  expect(await screen.findByText('1 site is watched from now on')).toBeDefined();
  expect(screen.getByText('Site 2: At most 1000 monitors.')).toBeDefined();
  expect(await sentTo(asked, 'POST /v1/monitors/batch')).toEqual({
    items: [
      { monitor: { url: 'https://s1.example/', tags: ['own', 'eu'] }, paused: false },
      { monitor: { url: 'https://s2.example/', name: 'Site 2', tags: ['eu'] }, paused: false },
    ],
  });
  expect(screen.getByRole('link', { name: 'Go to the monitors' }).getAttribute('href')).toBe('/');
});

test('leaving in the middle of it is asked about first: what is not made yet would be left out', async () => {
  const { router } = open('/monitors/import', {
    ...preview(item(1), item(2)),
    'POST /v1/monitors/batch': () => new Promise<never>(() => undefined),
  });
  await read();
  await userEvent.click(await screen.findByRole('button', { name: 'Watch 2 sites' }));
  void router.navigate({ to: '/incidents' });
  expect(await screen.findByRole('dialog', { name: 'Leave without saving?' })).toBeDefined();
  expect(router.state.location.pathname).toBe('/monitors/import');
});

test('a text that can’t be read stays where it is, with the reason', async () => {
  open('/monitors/import', {
    'POST /v1/monitor-imports/preview': problem(422, 'import-unreadable', 'This is no YAML: bad indent.'),
  });
  await read('monitors: {');
  expect((await screen.findByRole('alert')).textContent).toContain('This is no YAML: bad indent.');
  expect(screen.getByLabelText('URLs, or the text of a file')).toHaveProperty('value', 'monitors: {');
});

test('a file that is too large is refused here, and the next one is read', async () => {
  const { container } = open('/monitors/import', preview(item(1)));
  await screen.findByRole('button', { name: 'Choose a file' });
  const input = container.ownerDocument.querySelector<HTMLInputElement>('input[type="file"]');
  if (input === null) throw new Error('no file field');
  await userEvent.upload(input, new File(['x'.repeat(2_000_001)], 'large.txt', { type: 'text/plain' }));
  expect(await screen.findByText(/too large/u)).toBeDefined();
  await userEvent.upload(input, new File(['s1.example'], 'small.txt', { type: 'text/plain' }));
  expect(await screen.findByText('1 new')).toBeDefined();
});

test('nothing of a strange text is markup', async () => {
  const name = '<img src=x onerror=alert(1)>';
  open('/monitors/import', preview(item(1, { name, monitor: null, fault: '<b>no</b>' })));
  await read(name);
  expect(await screen.findByText(name)).toBeDefined();
  expect(screen.getByText('<b>no</b>')).toBeDefined();
});

test('the pages that a site’s sitemap names are read by its address, and what was left out is said', async () => {
  const notes = ['The sitemap names more than was read.'];
  const { asked } = open('/monitors/import', {
    'POST /v1/monitor-imports/preview': { body: { format: 'sitemap', items: [item(1)], notes } },
  });
  await userEvent.click(await screen.findByLabelText('URLs, or the text of a file'));
  await userEvent.paste('s1.example and more');
  expect(screen.queryByRole('button', { name: 'Read its sitemap' })).toBeNull();
  await userEvent.clear(screen.getByLabelText('URLs, or the text of a file'));
  await userEvent.paste('s1.example');
  await userEvent.click(screen.getByRole('button', { name: 'Read its sitemap' }));
  expect(await screen.findByText('The sitemap names more than was read.')).toBeDefined();
  expect(await sentTo(asked, 'POST /v1/monitor-imports/preview')).toEqual({ text: 's1.example', format: 'sitemap' });
});
