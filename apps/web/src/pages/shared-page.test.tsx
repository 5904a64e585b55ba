import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { aResult, id, open, problem } from '../testing.fixture.tsx';

const token = 'AbCdEfGhIjKlMnOpQrStUvWxYz012345';
const body = '<img src=x onerror="window.ran = true">';
const shared = {
  ...{ kind: 'look', monitorName: 'Shop', url: 'https://shop.example/?…', method: 'GET', withBody: true },
  ...{ createdAt: '2026-11-23T06:00:00.000Z', expiresAt: '2026-11-30T06:00:00.000Z', details: null, detailsOf: null },
  result: aResult({ status: 502, outcome: { verdict: 'down', failure: { kind: 'status', status: 502 } } }),
  evidence: {
    ...{ url: 'https://shop.example/', status: 502, reason: 'Bad Gateway', headers: [['set-cookie', '…']] },
    ...{ bodyBase64: btoa(body), bodyTruncated: false },
  },
};
const show = (answer: object = shared) =>
  open(`/s/${token}`, {
    'GET /v1/me': problem(401, 'unauthorised', 'Log in.'),
    [`GET /v1/shares/${token}`]: { body: answer },
  });

test('a shared look is read without an account, and nothing on it can be pressed', async () => {
  const { asked } = show();
  expect(await screen.findByRole('heading', { name: 'Shop', level: 1 })).toBeDefined();
  expect(screen.getByText('HTTP 502')).toBeDefined();
  expect(screen.getByRole('region', { name: 'Headers of the answer' }).textContent).toBe('set-cookie: …');
  expect(screen.getByRole('region', { name: 'Body of the answer' }).textContent).toBe(body);
  expect(document.querySelector('main img')).toBeNull();
  expect(screen.getAllByRole('button').every((button) => button.textContent === 'Copy')).toBe(true);
  expect(asked.map(({ url }) => new URL(url).pathname)).toEqual([`/v1/shares/${token}`]);
  expect(document.querySelector('meta[name=robots]')?.getAttribute('content')).toContain('noindex');
  expect(document.querySelector('meta[name=referrer]')?.getAttribute('content')).toBe('no-referrer');
});

test('a body that was not shared is said not to be', async () => {
  show({ ...shared, withBody: false, evidence: { ...shared.evidence, bodyBase64: '' } });
  expect(await screen.findByText('The body of the answer was not shared.')).toBeDefined();
});

test('a link that shows nothing says so kindly, whatever was the matter', async () => {
  open(`/s/${id(1)}`, {});
  expect(await screen.findByRole('heading', { name: 'There is nothing to see here' })).toBeDefined();
});

test('a failure is not taken for a dead link, and can be tried again', async () => {
  let works = false;
  open(`/s/${token}`, {
    [`GET /v1/shares/${token}`]: () => (works ? { body: shared } : problem(503, 'busy', 'Later.')),
  });
  const again = await screen.findByRole('button', { name: 'Try again' });
  works = true;
  await userEvent.click(again);
  expect(await screen.findByRole('heading', { name: 'Shop', level: 1 })).toBeDefined();
});
