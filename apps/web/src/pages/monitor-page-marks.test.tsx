import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { at, id, open, pageOf, problem, sentTo } from '../testing.fixture.tsx';
import { network, path, times } from './monitor-page.fixture.ts';

vi.mock('uplot', () => import('./uplot.fixture.ts'));

const looked = { p50Ms: 100, p95Ms: 100, p99Ms: 100, phases: null };
const points = [
  { at: '2026-11-23T05:00:00.000Z', meanMs: 100, maxMs: 100, checks: 1, answered: 1, down: 0, ...looked },
];
const drawn = { ...times, ...looked, points, series: [{ region: 'fra', points, ...looked }] };

test('a mark is deleted, and set anew where it was', async () => {
  const mark = {
    ...{
      id: id(70),
      kind: 'deploy',
      text: 'v1.42',
      at: at,
      author: 'ada',
      createdAt: at,
    },
    appliesTo: { kind: 'all' },
  };
  let marks = [mark];
  const { asked } = open(
    `/monitors/${id(10)}?tab=marks`,
    network({
      'GET /v1/marks': () => pageOf(...marks),
      [`DELETE /v1/marks/${mark.id}`]: () => {
        marks = [];
        return { status: 204 };
      },
      'POST /v1/marks': () => {
        marks = [mark];
        return { status: 201, body: mark };
      },
    }),
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Delete the mark “v1.42”' }));
  expect(await screen.findByText('No marks in the chart’s range')).toBeDefined();
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(await screen.findByRole('button', { name: 'Delete the mark “v1.42”' })).toBeDefined();
  const { kind, text, at: moment, appliesTo } = mark;
  expect(await sentTo(asked, 'POST /v1/marks')).toEqual({ kind, text, at: moment, appliesTo });
});

test('a mark that could not be deleted stays, and why is said', async () => {
  const mark = {
    ...{ id: id(70), kind: 'note', text: 'x', at: at, author: 'ada', createdAt: at },
    appliesTo: { kind: 'all' },
  };
  open(
    `/monitors/${id(10)}?tab=marks`,
    network({ 'GET /v1/marks': pageOf(mark), [`DELETE /v1/marks/${mark.id}`]: problem(503, 'busy', 'Later.') }),
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Delete the mark “x”' }));
  expect(await screen.findByText('The mark “x” stayed as it was')).toBeDefined();
});

test('another certificate is listed, taken out of the chart and brought back, and nobody can delete it', async () => {
  const kinds = { certificate: 'valid until 2027-02-26; the one before until 2026-12-08', deploy: 'v1.42' };
  const marks = Object.entries(kinds).map(([kind, text], i) => ({
    ...{ id: id(70 + i), kind, text, at, author: 'Farwatch', createdAt: at, appliesTo: { kind: 'all' } },
  }));
  open(
    `/monitors/${id(10)}?tab=marks`,
    network({ 'GET /v1/marks': pageOf(...marks), [`GET ${path}/response-times`]: { body: drawn } }),
  );
  const list = await screen.findByRole('list', { name: 'What happened in this range' });
  expect(list.textContent).toContain('Another certificate valid until 2027-02-26; the one before until 2026-12-08');
  expect(screen.getAllByRole('button', { name: /^Delete the mark/u })).toHaveLength(1);
  const group = await screen.findByRole('group', { name: 'Marks' });
  const toggle = within(group).getByRole('button', { name: 'Another certificate' });
  expect(within(group).getByRole('button', { name: 'Deploy' }).getAttribute('aria-pressed')).toBe('true');
  expect(screen.getByRole('img', { name: /2 marks in sight/u })).toBeDefined();
  await userEvent.click(toggle);
  expect(toggle.getAttribute('aria-pressed')).toBe('false');
  expect(screen.getByRole('img', { name: /1 mark in sight/u })).toBeDefined();
  await userEvent.click(screen.getByText('The values as a table'));
  expect(await screen.findByRole('columnheader', { name: 'Marks' })).toBeDefined();
});
