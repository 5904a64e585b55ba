import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { anIncident, open, problem, sentTo } from '../testing.fixture.tsx';

const token = 'abc.def-1_2';
const link = {
  purpose: 'acknowledge',
  used: false,
  channelName: 'Ann’s phone',
  organisationName: 'Lighthouse',
  incidents: [anIncident({ status: 'open', resolvedAt: null })],
  acknowledgedBy: null as string | null,
};
const show = (change: object, answer: object = { status: 500 }) =>
  open(`/l/${token}`, {
    'GET /v1/me': problem(401, 'unauthorised', 'Log in.'),
    [`GET /v1/links/${token}`]: { body: { ...link, ...change } },
    'POST /v1/links': answer,
  });

test('while it is looked up the page says so', async () => {
  open(`/l/${token}`, { [`GET /v1/links/${token}`]: () => new Promise(() => undefined) });
  expect(await screen.findByText('Loading what this link is for')).toBeDefined();
});

test.each([
  ['acknowledge', 'I have it', { acknowledgedBy: 'Ann’s phone' }, 'Ann’s phone has it.'],
  ['confirm', 'Yes, send alerts here', {}, /Alerts of Lighthouse are sent to Ann’s phone\./u],
  ['unsubscribe', 'Stop these messages', {}, 'Ann’s phone gets no more messages from Lighthouse.'],
] as const)(
  'a link to %s does nothing before the press, and says what the press came to',
  async (purpose, name, after, said) => {
    const { asked } = show({ purpose }, { body: { ...link, purpose, used: true, ...after } });
    const button = await screen.findByRole('button', { name });
    expect(screen.getAllByRole('button')).toHaveLength(1);
    expect(asked.every(({ method }) => method === 'GET')).toBe(true);
    expect(asked.some(({ url }) => url.includes('/v1/me'))).toBe(false);
    await userEvent.click(button);
    expect(await screen.findByText(said)).toBeDefined();
    expect(await sentTo(asked, 'POST /v1/links')).toEqual({ token });
    expect(screen.queryByRole('button')).toBeNull();
  },
);

test('who has it already is said instead of a button', async () => {
  show({ acknowledgedBy: 'Bob' });
  expect(await screen.findByText('Bob has it.')).toBeDefined();
  expect(screen.queryByRole('button')).toBeNull();
});

test('a link that was used says what it came to', async () => {
  show({ purpose: 'unsubscribe', used: true });
  expect(await screen.findByText('Ann’s phone gets no more messages from Lighthouse.')).toBeDefined();
  expect(screen.queryByRole('button')).toBeNull();
});

test('a link that is no longer valid says so', async () => {
  open(`/l/${token}`, {});
  expect(await screen.findByRole('heading', { name: 'This link is no longer valid' })).toBeDefined();
});

test('a lookup that fails can be tried again', async () => {
  let works = false;
  open(`/l/${token}`, {
    [`GET /v1/links/${token}`]: () => (works ? { body: link } : problem(503, 'busy', 'Later.')),
  });
  const again = await screen.findByRole('button', { name: 'Try again' });
  works = true;
  await userEvent.click(again);
  expect(await screen.findByRole('button', { name: 'I have it' })).toBeDefined();
});

test('a press that fails changes nothing and can be repeated', async () => {
  show({}, problem(503, 'busy', 'Come back later.'));
  await userEvent.click(await screen.findByRole('button', { name: 'I have it' }));
  expect((await screen.findByRole('alert')).textContent).toContain('Come back later. Nothing was changed');
  expect(screen.getByRole('button', { name: 'I have it' })).toBeDefined();
});
