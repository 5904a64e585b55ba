import { WebhookBody } from '@farwatch/contracts';
import { corpusThere, naughtyTexts, needs } from '@farwatch/testkit';
import { Compile } from 'typebox/compile';
import { expect, test } from 'vitest';
import type { IncidentRow } from '../incidents/view.ts';
import { type Alert, alertMessage } from './message.ts';

const deliveryId = '01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e';
const incidentId = '01932c5e-7b1a-7c3e-9d55-000000000001';
const incident: IncidentRow = {
  id: incidentId,
  organisationId: '01932c5e-7b1a-7c3e-9d55-000000000002',
  monitorId: '01932c5e-7b1a-7c3e-9d55-000000000003',
  monitorName: 'Shop',
  url: 'https://shop.example/',
  startedAt: new Date('2026-11-23T14:02:07.120Z'),
  resolvedAt: new Date('2026-11-23T14:06:17.620Z'),
  endReason: 'recovered',
  cause: { kind: 'status', status: 502 },
  regions: ['fra', 'iad'],
  openedAt: new Date('2026-11-23T14:02:09.300Z'),
};
const span = (code: string, startedAt: string, endedAt: string | null) => ({
  region: 'fra',
  code,
  failure: { kind: 'status' as const, status: Number(code) },
  startedAt,
  lastSeenAt: startedAt,
  endedAt,
});
const spans = [
  span('502', '2026-11-23T14:02:07.120Z', '2026-11-23T14:04:07.120Z'),
  span('504', '2026-11-23T14:04:07.120Z', null),
];
const message = (alert: Alert) =>
  alertMessage({ deliveryId, createdAt: new Date('2026-11-23T14:02:09.300Z'), alert, publicUrl: 'https://watch.test' });
const opened = (over: Partial<IncidentRow> = {}) =>
  message({ event: 'incident.opened', incident: { ...incident, ...over } });
const resolved = (over: Partial<IncidentRow> = {}) =>
  message({ event: 'incident.resolved', incident: { ...incident, ...over }, spans });

test('"down" says what, since when to the millisecond, from where, why, and where to look', () => {
  const { subject, text, threadId, id } = opened();
  expect(subject).toBe('Down: Shop (HTTP 502)');
  expect(text).toBe(`Shop is down

Shop has been down since 2026-11-23 14:02:07 UTC: HTTP 502, seen from fra and iad.

Monitor: Shop
URL: https://shop.example/
Down since: Mon, 23 Nov 2026, 14:02:07 UTC (2026-11-23T14:02:07.120Z)
Seen from: fra and iad
Failure: HTTP 502

Open the incident: https://watch.test/incidents/${incidentId}

-- 
Sent by Farwatch to a notification channel of your organisation.
`);
  expect([threadId, id]).toEqual([`incident.${incidentId}`, deliveryId]);
});

test('"up again" says how long it lasted and which codes were seen when', () => {
  const { subject, text, threadId } = resolved();
  expect(subject).toBe('Up again: Shop (was down for 4 min 11 s)');
  expect(text).toContain(`Down since: Mon, 23 Nov 2026, 14:02:07 UTC (2026-11-23T14:02:07.120Z)
Up again at: Mon, 23 Nov 2026, 14:06:17 UTC (2026-11-23T14:06:17.620Z)
Lasted: 4 min 11 s
Seen from: fra and iad
Failure: HTTP 502
Answers: 502 from fra: 2026-11-23T14:02:07.120Z to 2026-11-23T14:04:07.120Z
         504 from fra: 2026-11-23T14:04:07.120Z to 2026-11-23T14:06:17.620Z`);
  expect(threadId).toBe(opened().threadId);
});

test('a "down" that goes out after the recovery still says what was so when it was opened', () => {
  expect(opened()).toEqual(opened({ resolvedAt: null, endReason: null }));
  expect(opened().body).toMatchObject({ data: { incident: { status: 'open', resolvedAt: null } } });
});

test('webhooks are told in the published shape', () => {
  const wire = Compile(WebhookBody);
  const bodies = [opened(), resolved(), message({ event: 'channel.test', channelName: 'Ops' })].map(({ body }) => body);
  for (const body of bodies) expect(wire.Check(JSON.parse(JSON.stringify(body)))).toBe(true);
  expect(bodies[1]).toMatchObject({
    type: 'incident.resolved',
    timestamp: '2026-11-23T14:02:09.300Z',
    data: {
      incident: { id: incidentId, status: 'resolved', durationMs: 250_500, regions: ['fra', 'iad'] },
      incidentUrl: `https://watch.test/incidents/${incidentId}`,
    },
  });
});

test('a test says that nothing is down', () => {
  const { subject, text } = message({ event: 'channel.test', channelName: 'Ops' });
  expect(subject).toBe('Test from Farwatch for Ops');
  expect(text).toContain('Nothing is down.');
});

test.each([
  [{ kind: 'network', phase: 'dns', code: 'ENOTFOUND' }, 'dns error (ENOTFOUND)'],
  [{ kind: 'timeout', afterMs: 10_000 }, 'no answer after 10000 ms'],
  [{ kind: 'status', status: 418 }, 'HTTP 418'],
] as const)('the failure %j is told as "%s"', (cause, words) => {
  expect(opened({ cause }).subject).toContain(`(${words})`);
  expect(opened({ cause }).text).toContain(`Failure: ${words}\n`);
});

test('a failure as long as a page leaves the subject and the link readable', () => {
  const { subject, text } = opened({
    cause: { kind: 'assertion', expected: 'x'.repeat(2_000), got: '\n'.repeat(2_000) },
  });
  expect(subject.length).toBeLessThan(200);
  expect(text).toContain(`https://watch.test/incidents/${incidentId}`);
});

const tags = (html: string): readonly string[] => html.match(/<[^>]*>/gu) ?? [];
const corpus = needs('/work/shared/corpora', corpusThere);
corpus.test('no naughty monitor name breaks a message or gets lost on the way to a webhook', () => {
  const calm = opened();
  for (const monitorName of naughtyTexts()) {
    const { html, subject, body, text } = opened({ monitorName });
    expect(tags(html), monitorName).toEqual(tags(calm.html));
    expect(text.split('\n').length, monitorName).toBe(calm.text.split('\n').length);
    expect(subject, monitorName).toMatch(/^Down: [^\r\n]*$/u);
    const wire: unknown = JSON.parse(JSON.stringify(body));
    expect(wire).toMatchObject({ data: { incident: { monitorName } } });
  }
});
