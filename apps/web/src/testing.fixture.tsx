import {
  type ChannelView,
  type CheckResultView,
  channelKinds,
  connectionDefaults,
  type DeliveryView,
  type IncidentView,
  type MonitorView,
  type QuietHours,
} from '@farwatch/contracts';
import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { Notifications, notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, type RouterHistory, RouterProvider } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import { vi } from 'vitest';
import { newQueryClient } from './api/query-client.ts';
import { newRouter } from './routes.tsx';
import { FakeEventSource } from './testing-stream.fixture.ts';
import { Theme } from './theme.tsx';

export { connect, lose, refuse, tell } from './testing-stream.fixture.ts';

type Answer = Readonly<{ status?: number; body?: unknown; headers?: Record<string, string> }>;
type Handler = Answer | ((request: Request) => Answer | Promise<Answer>);
/** `GET /v1/monitors` → what the network answers; anything else is a 404 problem. */
export type Network = Readonly<Record<string, Handler>>;

export const id = (n: number): string => `01932c5e-7b1a-7c3e-9d55-${String(n).padStart(12, '0')}`;

export const me = {
  account: {
    id: id(1),
    name: 'ada',
    email: 'ada@lighthouse.dev',
    emailVerified: true,
    timeZone: null as string | null,
    quietHours: null as QuietHours | null,
    clock: 'auto',
    twoFactor: false,
  },
  organisation: {
    id: id(2),
    name: 'Lighthouse',
    role: 'owner',
    timeZone: 'Europe/Berlin',
    weeklyReport: true,
    logDays: 30,
  },
  regions: ['fra', 'iad'],
  mail: 'smtp',
  lastEventId: '41',
};

export const aResult = (change: Partial<CheckResultView> = {}): CheckResultView => ({
  id: '1795413600000-fra-any',
  monitorId: id(10),
  region: 'fra',
  family: 'any',
  trigger: 'schedule',
  scheduledAt: '2026-11-23T06:00:00.000Z',
  startedAt: '2026-11-23T06:00:00.012Z',
  totalMs: 84.2,
  outcome: { verdict: 'up' },
  status: 200,
  bytes: 5,
  remoteAddress: '203.0.113.7',
  phases: { dnsMs: 4, connectMs: 10, tlsMs: 20, firstByteMs: 45, downloadMs: 5.2 },
  hasEvidence: false,
  ...change,
});

export const aMonitor = (change: Partial<MonitorView> = {}): MonitorView => ({
  id: id(10),
  name: 'Shop',
  connection: connectionDefaults,
  url: 'https://shop.example/',
  method: 'GET',
  intervalMs: 30_000,
  timeoutMs: 10_000,
  maxRedirects: 10,
  expectedStatuses: '200-399',
  regions: ['fra', 'iad'],
  tags: [],
  policyId: null,
  alertAfterMs: 0,
  policy: { agree: 'majority', failuresToOpen: null, successesToResolve: null, degradedAfter: 3, graceMs: 0 },
  parents: [],
  headers: {},
  body: null,
  verifyTls: true,
  auth: null,
  assertions: [],
  degradedAboveMs: null,
  status: 'up',
  statusSince: '2026-11-23T05:00:00.000Z',
  incidentId: null,
  lastResult: aResult(),
  pausedAt: null,
  maintenanceUntil: null,
  createdAt: '2026-11-20T05:00:00.000Z',
  updatedAt: '2026-11-20T05:00:00.000Z',
  ...change,
});

export const anIncident = (change: Partial<IncidentView> = {}): IncidentView => ({
  id: id(20),
  monitorId: id(10),
  monitorName: 'Shop',
  url: 'https://shop.example/',
  status: 'resolved',
  startedAt: '2026-11-23T04:00:00.120Z',
  resolvedAt: '2026-11-23T04:04:12.120Z',
  endReason: 'recovered',
  durationMs: 252_000,
  bounds: {
    lastGoodAt: '2026-11-23T03:59:54.100Z',
    firstBadAt: '2026-11-23T04:00:00.180Z',
    lastBadAt: '2026-11-23T04:04:10.120Z',
    firstGoodAt: '2026-11-23T04:04:12.190Z',
  },
  cause: { kind: 'status', status: 502 },
  summary: 'Shop answered HTTP 502.',
  regions: ['fra', 'iad'],
  openedAt: '2026-11-23T04:00:02.000Z',
  severity: 'down',
  acknowledgedAt: null,
  acknowledgedBy: null,
  assigneeId: null,
  snoozedUntil: null,
  parentIncidentId: null,
  attachedBecause: null,
  attachedTo: null,
  postMortem: null,
  postMortemAt: null,
  ...change,
});

export const at = '2026-11-23T06:00:00.000Z';

export const aChannel = (change: Partial<ChannelView> = {}): ChannelView => ({
  id: id(30),
  name: 'On-call bot',
  kind: 'webhook',
  target: 'https://hooks.example.com/…',
  status: 'active',
  statusReason: null,
  statusSince: at,
  accountId: null,
  quietHours: null,
  holdUntil: null,
  linkUrl: null,
  interactionUrl: null,
  template: null,
  headerNames: [],
  lastDelivery: null,
  createdAt: at,
  updatedAt: at,
  ...change,
});

export const aDelivery = (change: Partial<DeliveryView> = {}): DeliveryView => ({
  id: id(40),
  event: 'channel.test',
  incidentId: null,
  monitorId: null,
  channelId: id(30),
  channelName: 'On-call bot',
  kind: 'webhook',
  status: 'pending',
  reason: null,
  bundledWith: null,
  createdAt: at,
  nextAttemptAt: at,
  settledAt: null,
  attempts: [],
  ...change,
});

const ada = { accountId: id(1), name: 'ada', email: 'ada@lighthouse.dev', role: 'owner' };
const bob = { accountId: id(3), name: 'Bob', email: 'bob@lighthouse.dev', role: 'member' };
const kinds = channelKinds.map((kind) => ({ kind, available: true, reason: null }));
/** What most pages ask for besides their own. */
const usual: Network = {
  'GET /v1/me': { body: me },
  'GET /v1/monitors': { body: { items: [], next: null, previous: null } },
  'GET /v1/deleted-monitors': { body: { items: [], next: null, previous: null } },
  'GET /v1/members': { body: { items: [ada, bob] } },
  'GET /v1/channel-kinds': { body: { items: kinds } },
  'GET /v1/escalation-policies': { body: { items: [], next: null, previous: null } },
};

/** What was sent to the API, by method and path. */
export const sentTo = async (asked: readonly Request[], what: string): Promise<unknown> => {
  const request = asked.findLast(({ method, url }) => `${method} ${new URL(url).pathname}` === what);
  return request === undefined ? undefined : JSON.parse((await request.clone().text()) || 'null');
};

export const pageOf = (...items: readonly unknown[]) => ({ body: { items, next: null, previous: null } });
export const problem = (status: number, code: string, detail: string, errors?: unknown): Answer => ({
  status,
  body: { type: 'about:blank', title: 'No', status, code, detail, requestId: 'req-1', errors },
});

const answering =
  (network: Network, asked: Request[]) =>
  async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input, window.location.origin);
    const { signal: _, ...rest } = init ?? {}; // jsdom's signals are not the ones fetch's Request knows
    const request = new Request(url, rest);
    asked.push(request);
    const handler = network[`${request.method} ${url.pathname}`] ?? problem(404, 'not-found', 'There is nothing here.');
    const {
      status = 200,
      body = null,
      headers,
    } = typeof handler === 'function' ? await handler(request.clone()) : handler;
    return new Response(status === 204 ? null : JSON.stringify(body), { status, headers: headers ?? {} });
  };

/** The whole dashboard at a path, with the network's edge answered from a table. */
export const open = (
  path: string,
  network: Network,
  history: RouterHistory = createMemoryHistory({ initialEntries: [path] }),
) => {
  const asked: Request[] = [];
  FakeEventSource.open = [];
  notifications.clean();
  vi.stubGlobal('EventSource', FakeEventSource);
  vi.stubGlobal('fetch', answering({ ...usual, ...network }, asked));
  const client = newQueryClient(() => undefined);
  client.setDefaultOptions({ queries: { retry: false } });
  const router = newRouter(client);
  router.update({ ...router.options, history });
  const view = render(
    <I18nProvider i18n={i18n}>
      <Theme env="test">
        <QueryClientProvider client={client}>
          <Notifications />
          <RouterProvider router={router} />
        </QueryClientProvider>
      </Theme>
    </I18nProvider>,
  );
  return { ...view, asked, router };
};
