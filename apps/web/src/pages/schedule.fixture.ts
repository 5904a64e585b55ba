import { at, id, pageOf, sentTo } from '../testing.fixture.tsx';

export const rotation = {
  participants: [id(1), id(3)],
  timeZone: 'Europe/Berlin',
  startsAt: '2026-11-30T09:00',
  shift: { unit: 'weeks', length: 1 },
  window: null,
};
export const schedule = {
  id: id(60),
  name: 'Backend',
  rotations: [rotation],
  overrides: [],
  onCall: id(3),
  createdAt: at,
  updatedAt: at,
};
export const shifts = [
  { accountId: id(3), from: '2026-11-22T23:00:00.000Z', until: '2026-11-30T08:00:00.000Z' },
  { accountId: null, from: '2026-11-30T08:00:00.000Z', until: '2026-12-02T08:00:00.000Z' },
  { accountId: id(1), from: '2026-12-02T08:00:00.000Z', until: '2026-12-06T23:00:00.000Z' },
];
export const path = '/alerting?tab=on-call';
export const network = {
  'GET /v1/on-call-schedules': pageOf(schedule),
  [`GET /v1/on-call-schedules/${id(60)}/shifts`]: { body: { items: shifts } },
};
export const steppingIn = { from: '2026-11-24T08:00:00.000Z', until: '2026-11-25T08:00:00.000Z', accountId: id(3) };
export const oneOf = (more: object = {}) => ({
  ...network,
  'GET /v1/on-call-schedules': pageOf({ ...schedule, ...more }),
  [`GET /v1/on-call-schedules/${id(60)}`]: { body: { ...schedule, ...more }, headers: { etag: '"2"' } },
  [`PATCH /v1/on-call-schedules/${id(60)}`]: { body: { ...schedule, ...more } },
});
export const patched = (asked: readonly Request[]) => sentTo(asked, `PATCH /v1/on-call-schedules/${id(60)}`);
