import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { at, id, open, pageOf, problem, sentTo } from '../testing.fixture.tsx';
import { network } from './monitor-page.fixture.ts';

vi.mock('uplot', () => import('./uplot.fixture.ts'));

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
