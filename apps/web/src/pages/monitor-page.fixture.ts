import { aMonitor, aResult, id, type Network, pageOf } from '../testing.fixture.tsx';

/** For tests: what the page of one monitor asks for, and what it is answered unless a test says otherwise. */
export const path = `/v1/monitors/${id(10)}`;
export const times = { from: '2026-11-23T05:00:00.000Z', to: '2026-11-23T06:00:00.000Z', bucketMs: 12_000, series: [] };
export const uptime = {
  ...{ from: '2026-11-22T06:00:00.000Z', to: '2026-11-23T06:00:00.000Z', upMs: 86_310_000, downMs: 90_000 },
  ...{ unknownMs: 0, leftOutMs: 0, ratio: 0.99895, incidents: 1 },
};
export const timeline = {
  ...{ from: '2026-11-22T06:00:00.000Z', to: '2026-11-23T06:00:00.000Z' },
  stretches: [
    { state: 'unknown', from: '2026-11-22T06:00:00.000Z', to: '2026-11-22T07:00:00.000Z' },
    { state: 'up', from: '2026-11-22T07:00:00.000Z', to: '2026-11-23T04:00:00.000Z' },
    { state: 'down', from: '2026-11-23T04:00:00.000Z', to: '2026-11-23T04:04:12.000Z' },
    { state: 'up', from: '2026-11-23T04:04:12.000Z', to: '2026-11-23T06:00:00.000Z' },
  ],
};
export const change = {
  ...{ kind: 'unconfirmed', at: '2026-11-23T05:30:00.000Z', decidedAt: '2026-11-23T05:30:00.400Z', status: 'up' },
  ...{ witnesses: [], summary: 'Fra saw 502; iad saw it up: not confirmed, so nothing changed.' },
};
export const network = (more: Network = {}): Network => ({
  [`GET ${path}`]: { body: aMonitor() },
  [`GET ${path}/results`]: pageOf(),
  [`GET ${path}/response-times`]: { body: times },
  [`GET ${path}/uptime`]: { body: uptime },
  // A day is told whole; of a month only what is asked for here: its last day, since it was made.
  [`GET ${path}/timeline`]: { body: timeline },
  [`GET ${path}/changes`]: pageOf(change),
  'GET /v1/incidents': pageOf(),
  'GET /v1/channels': pageOf(),
  'GET /v1/marks': pageOf(),
  ...more,
});
export const bad = aResult({
  status: 502,
  outcome: { verdict: 'down', failure: { kind: 'status', status: 502 } },
  hasEvidence: true,
});
