import { fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { aMonitor, at, id, type Network, open, pageOf, problem, sentTo } from '../testing.fixture.tsx';

const aWindow = (change: object = {}) => ({
  ...{ id: id(60), name: 'Updates', note: null, startsAt: '2026-11-29T02:00:00', timeZone: 'Europe/Berlin' },
  ...{ durationMs: 7_200_000, rule: 'FREQ=WEEKLY', appliesTo: { kind: 'all' }, countsAs: 'excluded' },
  ...{ current: null, next: { from: at, until: at }, createdAt: at, updatedAt: at },
  ...change,
});
const path = '/v1/maintenance-windows';
const show = (network: Network) => open('/maintenance', network);

test('an empty list says what windows are for and plans the first one', async () => {
  const { asked } = show({ [`GET ${path}`]: pageOf(), [`POST ${path}`]: { status: 201, body: aWindow() } });
  expect(await screen.findByText('No maintenance is planned')).toBeDefined();
  await userEvent.click(screen.getAllByRole('button', { name: 'Plan maintenance' })[0] as HTMLElement);
  fireEvent.change(await screen.findByLabelText('Name'), { target: { value: 'Updates' } });
  await userEvent.click(screen.getByRole('button', { name: 'Plan it' }));
  expect(await screen.findByText('Say when it begins.')).toBeDefined();
  fireEvent.change(screen.getByLabelText('Begins'), { target: { value: '2026-11-29T02:00' } });
  await userEvent.click(screen.getByRole('button', { name: 'Plan it' }));
  await expect
    .poll(() => sentTo(asked, `POST ${path}`))
    .toEqual({
      ...{ name: 'Updates', startsAt: '2026-11-29T02:00', timeZone: 'Europe/Berlin', durationMs: 7_200_000 },
      ...{ rule: null, appliesTo: { kind: 'all' }, countsAs: 'excluded' },
    });
});

test('work can be planned for single monitors and for tags, and what is wrong with the list stands at it', async () => {
  const { status, body } = problem(400, 'validation-failed', 'Something is wrong.');
  const errors = [{ pointer: '/appliesTo/monitorIds/0', code: 'unknown-monitor', detail: 'There is no such monitor.' }];
  const { asked } = show({
    [`GET ${path}`]: pageOf(),
    'GET /v1/monitors': pageOf(aMonitor({ tags: ['eu'] })),
    [`POST ${path}`]: { ...(status === undefined ? {} : { status }), body: { ...Object(body), errors } },
  });
  await userEvent.click((await screen.findAllByRole('button', { name: 'Plan maintenance' }))[0] as HTMLElement);
  fireEvent.change(await screen.findByLabelText('Name'), { target: { value: 'Move' } });
  fireEvent.change(screen.getByLabelText('Begins'), { target: { value: '2026-11-29T02:00' } });
  await userEvent.click(screen.getByRole('combobox', { name: 'For' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Single monitors' }));
  await userEvent.click(screen.getByRole('button', { name: 'Plan it' }));
  expect(await screen.findByText('At least one monitor.')).toBeDefined();
  await userEvent.click(screen.getByRole('combobox', { name: 'Monitors' }));
  await userEvent.click(await screen.findByRole('option', { name: 'Shop' }));
  await userEvent.click(screen.getByRole('button', { name: 'Plan it' }));
  await expect
    .poll(() => sentTo(asked, `POST ${path}`))
    .toMatchObject({ appliesTo: { kind: 'monitors', monitorIds: [id(10)] } });
  expect(await screen.findByText('There is no such monitor.')).toBeDefined();
});

test('what runs can be ended, and what is deleted says what is lost', async () => {
  let windows = [aWindow({ current: { from: at, until: at } })];
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
  await userEvent.click(await screen.findByRole('button', { name: 'End Updates now' }));
  await expect.poll(() => screen.queryByRole('button', { name: 'End Updates now' })).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Delete Updates' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Delete window' }));
  expect(await screen.findByText('No maintenance is planned')).toBeDefined();
});

test('a list that could not be loaded can be asked for again', async () => {
  show({ [`GET ${path}`]: problem(500, 'internal', 'No.') });
  expect(await screen.findByText('Maintenance windows could not be loaded')).toBeDefined();
});
