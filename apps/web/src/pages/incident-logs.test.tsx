import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { anIncident, id, type Network, open, pageOf, problem } from '../testing.fixture.tsx';
import { aLog, theDiagnosis } from './incident-diagnosis.fixture.ts';

const path = `/v1/incidents/${id(20)}`;
const body = { ...anIncident(), spans: [], codes: [], regionBounds: [], marks: [], children: [] };
const show = (more: Network) =>
  open(`/incidents/${id(20)}`, {
    [`GET ${path}`]: { body },
    [`GET ${path}/comments`]: pageOf(),
    [`GET ${path}/decisions`]: pageOf(),
    [`GET ${path}/logs`]: { body: { items: [] } },
    [`GET ${path}/diagnosis`]: { body: theDiagnosis() },
    'GET /v1/deliveries': pageOf(),
    ...more,
  });
const field = () => screen.findByLabelText<HTMLTextAreaElement>(/Lines of your gateway/u);
const chooser = async (): Promise<HTMLInputElement> => {
  const found = (await field()).ownerDocument.querySelector<HTMLInputElement>('input[type=file]');
  if (found === null) throw new Error('there is no place for a file');
  return found;
};
const file = (megabytes: number): File =>
  new File([new Uint8Array(megabytes * 1_048_576)], 'big.log', { type: 'text/plain' });
const uploads = (asked: readonly Request[]): readonly Request[] =>
  asked.filter(({ method, url }) => method === 'POST' && url.includes('/logs'));

test('pasted lines are sent as they are, and what was read of them is shown as text', async () => {
  let items: readonly object[] = [];
  const { asked } = show({
    [`GET ${path}/logs`]: () => ({ body: { items } }),
    [`POST ${path}/logs`]: () => {
      items = [aLog()];
      return { status: 201, body: aLog() };
    },
    [`DELETE ${path}/logs/${id(90)}`]: () => {
      items = [];
      return { status: 204 };
    },
  });
  await userEvent.type(await field(), 'a line');
  await userEvent.click(screen.getByRole('button', { name: 'Read these lines' }));
  const log = within(await screen.findByRole('article', { name: 'error.log' }));
  const sent = uploads(asked)[0];
  expect([sent?.headers.get('content-type'), sent?.url, await sent?.text()]).toEqual([
    'text/plain',
    expect.stringContaining('name=pasted'),
    'a line',
  ]);
  expect(log.getByText(/Your log’s clock is 2 h ahead of UTC/u)).toBeDefined();
  expect(log.getByRole('row', { name: /Origin header too big 127\.0\.0\.1:3000 1 2/u })).toBeDefined();
  expect(log.getByText(/beside the check from fra/u)).toBeDefined();
  expect(log.getByText(/· outside/u)).toBeDefined();
  expect(log.getByText('<b>who are you</b>')).toBeDefined();
  await userEvent.click(log.getByRole('button', { name: 'Remove' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Remove log' }));
  await expect.poll(() => screen.queryByRole('article', { name: 'error.log' })).toBeNull();
});

test('while the logs are on their way their place is held', async () => {
  show({ [`GET ${path}/logs`]: () => new Promise(() => undefined) });
  expect(await screen.findByText('Loading the logs')).toBeDefined();
});

test.each([
  [409, 'log-limit', 'There are 10 logs already.'],
  [413, 'too-large', 'At most 10 MB.'],
  [422, 'not-text', 'This is no text.'],
])('lines that are refused with %i stay where they were typed', async (status, code, detail) => {
  show({ [`POST ${path}/logs`]: problem(status, code, detail) });
  await userEvent.type(await field(), 'a line');
  await userEvent.click(screen.getByRole('button', { name: 'Read these lines' }));
  expect((await screen.findByRole('alert')).textContent).toContain(`${detail} What you pasted is still here.`);
  expect((await field()).value).toBe('a line');
});

test('a refused file says that it can be chosen again, and it can', async () => {
  const { asked } = show({ [`POST ${path}/logs`]: problem(422, 'not-text', 'This is no text.') });
  const small = new File(['x'], 'error.log', { type: 'text/plain' });
  await userEvent.upload(await chooser(), small);
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('Nothing of error.log was kept; it can be chosen again.');
  expect(alert.textContent).not.toContain('pasted');
  expect((await chooser()).value).toBe(''); // a browser tells of the same file again only then
  await userEvent.upload(await chooser(), small);
  await expect.poll(() => uploads(asked).length).toBe(2);
});

test('a file that is too large is not sent, and nothing older is said beside it', async () => {
  const { asked } = show({ [`POST ${path}/logs`]: problem(422, 'not-text', 'This is no text.') });
  await userEvent.upload(await chooser(), new File(['x'], 'error.log', { type: 'text/plain' }));
  await screen.findByText(/This is no text/u);
  await userEvent.upload(await chooser(), file(11));
  expect((await screen.findByText(/big\.log has 11 MB/u)).textContent).toContain('at most 10 MB');
  expect(screen.queryByText(/This is no text/u)).toBeNull();
  expect(uploads(asked)).toHaveLength(1);
});

test('a log that could not be removed is still there, and the dialog says why', async () => {
  show({
    [`GET ${path}/logs`]: { body: { items: [aLog()] } },
    [`DELETE ${path}/logs/${id(90)}`]: problem(503, 'busy', 'Later.'),
  });
  const log = await screen.findByRole('article', { name: 'error.log' });
  await userEvent.click(within(log).getByRole('button', { name: 'Remove' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Remove log' }));
  expect((await screen.findByRole('alert')).textContent).toContain('Later.');
  expect(screen.getByRole('article', { name: 'error.log', hidden: true })).toBeDefined();
});
