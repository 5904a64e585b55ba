import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { aMonitor, type Network, open, pageOf, problem, sentTo } from '../testing.fixture.tsx';

const network = (more: Network = {}): Network => ({
  'GET /v1/monitors': pageOf(aMonitor()),
  'GET /v1/escalation-policies': pageOf(),
  'POST /v1/monitors': { status: 201, body: aMonitor() },
  ...more,
});
const refused = (...pointers: readonly string[]) => {
  const { status, body } = problem(400, 'validation-failed', 'Something in it is wrong.');
  const errors = pointers.map((pointer) => ({ pointer, code: 'x', detail: `Wrong at ${pointer}.` }));
  return { ...(status === undefined ? {} : { status }), body: { ...Object(body), errors } };
};
const fill = async (): Promise<void> => {
  await userEvent.type(await screen.findByLabelText('URL'), 'new.example');
};
const send = (): Promise<void> => userEvent.click(screen.getByRole('button', { name: 'Start watching' }));
const advanced = () => screen.getByRole('button', { name: 'Advanced' });

test('a URL alone is enough, and no policy is sent that was not touched', async () => {
  const { asked } = open('/monitors/new', network());
  await fill();
  await send();
  await expect.poll(() => sentTo(asked, 'POST /v1/monitors')).toMatchObject({ url: 'https://new.example' });
  expect(await sentTo(asked, 'POST /v1/monitors')).not.toHaveProperty('policy');
});
test('of a policy only what was set is sent', async () => {
  const { asked } = open('/monitors/new', network());
  await fill();
  await userEvent.click(advanced());
  await userEvent.type(await screen.findByRole('textbox', { name: 'Failures in a row' }), '3');
  await send();
  await expect.poll(() => sentTo(asked, 'POST /v1/monitors')).toMatchObject({ policy: { failuresToOpen: 3 } });
  expect(await sentTo(asked, 'POST /v1/monitors')).toHaveProperty('policy', { failuresToOpen: 3 });
});
test('what is wrong with a field that is folded away unfolds it, and says nothing twice', async () => {
  open('/monitors/new', network({ 'POST /v1/monitors': refused('/policy/failuresToOpen') }));
  await fill();
  await send();
  expect(await screen.findByText('Wrong at /policy/failuresToOpen.')).toBeDefined();
  expect(advanced().getAttribute('aria-expanded')).toBe('true');
  expect(screen.queryByRole('alert')).toBeNull();
  await userEvent.type(screen.getByRole('textbox', { name: 'Failures in a row' }), '2');
  expect(screen.queryByText('Wrong at /policy/failuresToOpen.')).toBeNull();
});
test.each([['/policy'], ['/something/new']])(
  'a fault at %s, which no field shows, is told for the form',
  async (pointer) => {
    open('/monitors/new', network({ 'POST /v1/monitors': refused(pointer) }));
    await fill();
    await send();
    expect((await screen.findByRole('alert')).textContent).toContain('Something in it is wrong.');
  },
);
