import type { IncidentView, MonitorView, SpanView } from '@farwatch/contracts';
import {
  freePort,
  needs,
  programOnPath,
  redisAvailable,
  startInbox,
  startWebhookSink,
  waitUntil,
} from '@farwatch/testkit';
import { Webhook } from 'standardwebhooks';
import { expect } from 'vitest';
import { signUp } from './api-client.ts';
import { madeEnv, readCompose } from './compose.ts';
import { startNginx } from './nginx.ts';
import { startServices } from './services.ts';
import { startUpstream } from './upstream.ts';

const { test } = needs('nginx and redis-server', programOnPath('nginx') !== null && redisAvailable);

const probes = ['fra', 'iad', 'sin'] as const;
const intervalMs = 30_000;

test('three regions as the compose file starts them see a 502 begin and end, one of them killed on the way', {
  timeout: 480_000,
}, async () => {
  await using upstream = await startUpstream();
  await using nginx = await startNginx(upstream.port);
  await using inbox = await startInbox();
  await using sink = await startWebhookSink();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const compose = readCompose({
    ...madeEnv(),
    FARWATCH_URL: url,
    SMTP_URL: inbox.url,
    FARWATCH_ALLOW_CIDRS: '127.0.0.0/8',
  });
  await using services = await startServices(compose, port);
  const migrate = await services.start('migrate');
  await waitUntil(() => migrate.process.exitCode !== null, 120_000, 'the migration');
  expect(migrate.process.exitCode, migrate.output()).toBe(0);
  const server = await services.start('api');
  await services.start('worker');
  const up = () => fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(({ ok }) => ok);
  await waitUntil(() => server.process.exitCode !== null || up(), 120_000, 'the API');
  expect(server.process.exitCode, server.output()).toBe(null);
  for (const probe of probes) await services.start(`probe-${probe}`);

  const api = await signUp(url, 'ops@acme.example', 'correct horse battery staple');
  const channel = await api.call<{ signingSecret: string }>('POST', '/v1/channels', {
    target: { kind: 'webhook', url: `${sink.url}/hook` },
  });
  const monitor = await api.call<MonitorView>('POST', '/v1/monitors', { url: nginx.url, name: 'Shop', intervalMs });
  expect(monitor.regions).toEqual([...probes]);
  type Log = { items: { region: string; outcome: { verdict: string } }[] };
  const seen = async () => {
    const { items } = await api.call<Log>('GET', `/v1/monitors/${monitor.id}/results?limit=100&verdict=up`);
    return new Set(items.map(({ region }) => region)).size === 3;
  };
  await waitUntil(seen, 60_000, 'a first good answer from every region');

  await services.running.get('probe-sin')?.stop('SIGKILL');
  const wentAt = await upstream.kill();
  const opened = await sink.waitFor(({ body }) => body.includes('incident.opened'), intervalMs + 60_000);
  const mail = await inbox.waitFor(({ parsed }) => /down/i.test(parsed.subject ?? ''), 60_000);
  const cameAt = await upstream.start();
  const resolved = await sink.waitFor(({ body }) => body.includes('incident.resolved'), intervalMs + 60_000);

  const verifier = new Webhook(channel.signingSecret);
  for (const call of [opened, resolved]) {
    const headers = Object.fromEntries(Object.entries(call.headers).map(([name, value]) => [name, String(value)]));
    expect(verifier.verify(call.body, headers)).toMatchObject({ data: { incident: { monitorId: monitor.id } } });
  }
  const { items } = await api.call<{ items: IncidentView[] }>('GET', `/v1/incidents?monitorId=${monitor.id}`);
  expect(items).toHaveLength(1);
  const id = items[0]?.id ?? '';
  const incident = await api.call<IncidentView & { spans: SpanView[] }>('GET', `/v1/incidents/${id}`);
  expect(incident).toMatchObject({
    status: 'resolved',
    endReason: 'recovered',
    cause: { kind: 'status', status: 502 },
  });
  expect(incident.regions.toSorted()).toEqual(['fra', 'iad']);
  expect(incident.spans.map(({ region, code }) => `${region} ${code}`).toSorted()).toEqual(['fra 502', 'iad 502']);
  expect(Math.abs(Date.parse(incident.startedAt) - wentAt)).toBeLessThanOrEqual(intervalMs);
  expect(Math.abs(Date.parse(incident.resolvedAt ?? '') - cameAt)).toBeLessThanOrEqual(intervalMs);
  expect(mail.parsed.text).toContain('502');
  expect(sink.calls).toHaveLength(2);
});
