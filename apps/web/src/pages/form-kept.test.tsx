import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, expect, test } from 'vitest';
import { aMonitor, at, connect, id, lose, me, type Network, open, pageOf } from '../testing.fixture.tsx';

const rotation = { participants: [id(1)], timeZone: 'UTC', startsAt: '2026-11-30T09:00', window: null };
const aSchedule = {
  ...{ id: id(60), name: 'Backend', onCall: null, createdAt: at, updatedAt: at, overrides: [] },
  rotations: [{ ...rotation, shift: { unit: 'weeks', length: 1 } }],
};
const aWindow = {
  ...{ id: id(61), name: 'Updates', note: null, startsAt: '2026-11-29T02:00:00', timeZone: 'UTC', rule: null },
  ...{ durationMs: 7_200_000, appliesTo: { kind: 'all' }, countsAs: 'excluded', current: null, next: null },
  ...{ createdAt: at, updatedAt: at },
};
const aPolicy = {
  ...{ id: id(62), name: 'Nights', isDefault: false, tags: [], repeatTimes: 0, repeatAfterMs: 0 },
  ...{ remindEveryMs: null, createdAt: at, updatedAt: at, steps: [{ waitMs: 0, targets: [{ kind: 'everyone' }] }] },
};
const none = { 'GET /v1/channels': pageOf(), 'GET /v1/on-call-schedules': pageOf() };

type Form = Readonly<{ path: string; presses: readonly string[]; one: object; found: string; network: Network }>;
const forms: Readonly<Record<string, Form>> = {
  schedule: {
    ...{ path: `/alerting?tab=on-call&edit=${id(60)}`, presses: [], one: aSchedule, network: none },
    found: `GET /v1/on-call-schedules/${id(60)}`,
  },
  policy: {
    ...{ path: `/alerting?tab=escalation&edit=${id(62)}`, presses: [], one: aPolicy, network: none },
    found: `GET /v1/escalation-policies/${id(62)}`,
  },
  window: {
    ...{
      path: '/maintenance',
      presses: ['Edit Updates'],
      one: aWindow,
      found: `GET /v1/maintenance-windows/${id(61)}`,
    },
    network: {
      'GET /v1/maintenance-windows': pageOf(aWindow),
      'GET /v1/maintenance-occurrences': { body: { items: [], isCut: false } },
    },
  },
  monitor: {
    ...{ path: `/monitors/${id(10)}/settings`, presses: [], one: aMonitor(), network: none },
    found: `GET /v1/monitors/${id(10)}`,
  },
};

// Loaded on demand; on a busy machine the first time takes longer than a test waits.
beforeAll(async () => {
  await import('../features/maintenance/window-editor.tsx');
}, 60_000);

const gap = (): void => {
  lose();
  connect();
};
const nameField = () => screen.findByRole<HTMLInputElement>('textbox', { name: 'Name' });

test.each(Object.entries(forms))(
  'what is typed into a %s stays when the line was down and others changed it',
  async (_, form) => {
    let theirs = false;
    open(form.path, {
      ...form.network,
      'GET /v1/me': () => ({
        body: { ...me, organisation: { ...me.organisation, name: theirs ? 'Their house' : 'Ours' } },
      }),
      [form.found]: () => ({
        body: theirs ? { ...form.one, name: 'Theirs' } : form.one,
        headers: { etag: theirs ? '"4"' : '"3"' },
      }),
    });
    connect();
    for (const name of form.presses) await userEvent.click(await screen.findByRole('button', { name }));
    const field = await nameField();
    await userEvent.clear(field);
    await userEvent.type(field, 'Mine');
    theirs = true;
    gap();
    // What stands beside the form was read anew: everything that is, was.
    await screen.findByText('Their house');
    expect((await nameField()).value).toBe('Mine');
  },
);

test('a monitor that was saved is saved again over that, and not over what was there before', async () => {
  const path = `/v1/monitors/${id(10)}`;
  const { asked } = open(`/monitors/${id(10)}/settings`, {
    [`GET ${path}`]: { body: aMonitor(), headers: { etag: '"3"' } },
    [`PATCH ${path}`]: { body: aMonitor({ name: 'Store' }), headers: { etag: '"4"' } },
  });
  const sent = () => asked.filter(({ method }) => method === 'PATCH').map(({ headers }) => headers.get('if-match'));
  await userEvent.type(await nameField(), '!');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await expect.poll(async () => (await nameField()).value).toBe('Store');
  await userEvent.type(await nameField(), '!');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await expect.poll(sent).toEqual(['"3"', '"4"']);
});
