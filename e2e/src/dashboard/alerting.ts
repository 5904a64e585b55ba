import { addShifts, addWindows } from './calendars.ts';
import type { Call } from './call.ts';

type Named = Readonly<{ id: string }>;
type Me = Readonly<{ account: Named }>;

/** Channels of several kinds, some of them in trouble, who hears when, and who is on call. */
export const addAlerting = async (call: Call, sink: string, gone: string): Promise<void> => {
  const { account } = await call<Me>('GET', '/v1/me');
  await call('POST', '/v1/channels', { name: 'On-call bot', target: { kind: 'webhook', url: sink } });
  const room = await call<Named>('POST', '/v1/channels', {
    name: 'Ops room',
    target: { kind: 'slack', token: 'xoxb-1234567890-abcdefghij', channel: '#ops' },
  });
  await call('POST', '/v1/channels', { target: { kind: 'discord', webhookUrl: `${sink}/api/webhooks/1/token` } });
  await call('POST', '/v1/channels', { target: { kind: 'email', address: 'team@lighthouse.example' } });
  const broken = await call<Named>('POST', '/v1/channels', {
    name: 'Old room',
    target: { kind: 'webhook', url: gone },
  });
  await call('POST', `/v1/channels/${broken.id}/test`);
  const rotation = {
    ...{ participants: [account.id], timeZone: 'Europe/Berlin', startsAt: '2026-11-02T09:00' },
    ...{ shift: { unit: 'weeks', length: 1 }, window: null },
  };
  const schedule = await call<Named>('POST', '/v1/on-call-schedules', { name: 'Keepers', rotations: [rotation] });
  await addShifts(call, account.id);
  await addWindows(call);
  await call('POST', '/v1/escalation-policies', {
    ...{ name: 'Shop and checkout', isDefault: true, tags: ['shop'], repeatTimes: 3, repeatAfterMs: 1_800_000 },
    steps: [
      { waitMs: 0, targets: [{ kind: 'everyone' }] },
      { waitMs: 600_000, targets: [{ kind: 'schedule', scheduleId: schedule.id, channelKinds: null }] },
    ],
  });
  await call('POST', '/v1/escalation-policies', {
    ...{ name: 'Mail, at night', tags: ['mail', 'night'], remindEveryMs: 3_600_000 },
    steps: [
      { waitMs: 300_000, targets: [{ kind: 'channel', channelId: room.id }] },
      {
        waitMs: 900_000,
        targets: [
          { kind: 'schedule', scheduleId: schedule.id, channelKinds: ['sms', 'voice'] },
          { kind: 'account', accountId: account.id, channelKinds: ['email'] },
        ],
      },
    ],
  });
};
