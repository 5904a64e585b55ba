import { type DiagnosisBrief, webhookData } from '@farwatch/contracts';
import { oneLine } from '@farwatch/notifiers';
import { naughtyTexts } from '@farwatch/testkit';
import { Compile } from 'typebox/compile';
import { expect, test } from 'vitest';
import type { IncidentRow } from '../incidents/view.ts';
import { placeOf, readLink } from '../links/token.ts';
import { type Envelope, type IncidentNews, incidentContent, seal } from './message.ts';
import { certificateContent, heldBackContent, reportContent, stoppedContent, testContent } from './notice-message.ts';
import { type Item, severalContent } from './several-message.ts';

const secret = 'only-for-tests-0123456789abcdef';
const incident: IncidentRow = {
  ...{
    id: '01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e',
    organisationId: 'o',
    monitorId: '01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4f',
  },
  ...{
    monitorName: 'Shop',
    url: 'https://shop.example/',
    cause: { kind: 'status', status: 502 },
    regions: ['fra', 'iad'],
  },
  ...{ startedAt: new Date('2026-11-23T14:02:07.120Z'), openedAt: new Date('2026-11-23T14:02:09.300Z') },
  ...{ resolvedAt: null, endReason: null, bounds: null, severity: 'down', acknowledgedAt: null, acknowledgedBy: null },
  ...{ assigneeId: null, snoozedUntil: null, postMortem: null, postMortemAt: null, partOf: null },
};
const over = { ...incident, resolvedAt: new Date('2026-11-23T14:05:31.044Z'), endReason: 'recovered' } as const;
const envelope: Envelope = {
  deliveryId: '01932c5e-7b1a-7c3e-9d55-000000000001',
  createdAt: new Date('2026-11-23T14:02:09.300Z'),
  channel: { id: 'c', kind: 'email', name: 'ops', target: 'ada@example.test', timeZone: 'Europe/Berlin' },
  publicUrl: 'https://watch.test',
  secret,
};
const diagnosis: DiagnosisBrief = {
  ...{ version: 1, cause: 'socket-missing', hop: 'origin', confidence: 0.9, certainty: 'probable', wroteBy: 'nginx' },
  summary: 'nginx answered with 502: the unix socket of the application does not exist.',
  firstFix: 'Start PHP-FPM.',
  command: 'systemctl start php8.2-fpm',
};
const news = (event: IncidentNews['event'], row: IncidentRow = incident): IncidentNews => ({
  ...{ event, incident: row, spans: [], diagnosis: null, by: { name: 'Bob', via: 'slack' }, round: 0, step: 1 },
  now: new Date('2026-11-23T14:12:07.120Z'),
});
const message = (event: IncidentNews['event'], row?: IncidentRow) =>
  seal(incidentContent(news(event, row), envelope), envelope);

test('an opening says what, since when with its zone, where from and why, and links that a stranger can not make', () => {
  const { subject, lines, facts, link, acknowledge, unsubscribeUrl, mood, brief, spoken } = message('incident.opened');
  expect({ subject, mood, lines }).toEqual({
    subject: 'Down: Shop (HTTP 502)',
    mood: 'down',
    lines: [
      'Shop has been down since Mon, 23 Nov 2026, 15:02:07 CET (2026-11-23T14:02:07.120Z): HTTP 502, seen from fra and iad.',
    ],
  });
  expect(Object.fromEntries(facts)).toMatchObject({ URL: 'https://shop.example/', 'Seen from': 'fra and iad' });
  expect(link?.url).toBe(`https://watch.test/incidents/${incident.id}`);
  expect(readLink(secret, acknowledge?.url.split('/l/')[1] ?? '')).toEqual({
    purpose: 'acknowledge',
    deliveryId: envelope.deliveryId,
    place: placeOf(secret, envelope.channel.target),
  });
  expect(readLink('another-secret', acknowledge?.url.split('/l/')[1] ?? '')).toBeNull();
  expect(unsubscribeUrl).toMatch(/^https:\/\/watch\.test\/v1\/unsubscribe\/[\w-]+\.[\w-]+$/u);
  expect(brief).toBe('DOWN: Shop since 15:02:07 CET: HTTP 502.');
  expect(spoken).toBe('Shop is down since 3:02 PM, Berlin time. HTTP 502.');
});

const diagnosed = (
  event: IncidentNews['event'],
  kind: Envelope['channel']['kind'] = 'email',
  more: Partial<DiagnosisBrief> = {},
  row: IncidentRow = incident,
) => {
  const to = { ...envelope, channel: { ...envelope.channel, kind } };
  return seal(incidentContent({ ...news(event, row), diagnosis: { ...diagnosis, ...more } }, to), to);
};

test.each([
  ['email', ['Diagnosis: nginx', 'First fix: Start PHP-FPM.', 'First command: systemctl start php8.2-fpm']],
  ['slack', ['Diagnosis: nginx', 'First fix: Start PHP-FPM.']],
  ['discord', ['Diagnosis: nginx', 'First fix: Start PHP-FPM.']],
  ['telegram', ['Diagnosis: nginx', 'First fix: Start PHP-FPM.']],
] as const)('by %s an opening says the cause and the first fix', (kind, said) => {
  const [, ...lines] = diagnosed('incident.opened', kind).lines;
  expect(lines).toEqual(said.map((line) => expect.stringMatching(`^${line}`)));
});

test('an end says what it was and nothing to do, a hand that takes it says neither', () => {
  expect(diagnosed('incident.resolved', 'email', {}, over).lines.slice(1)).toEqual([`Diagnosis: ${diagnosis.summary}`]);
  expect(diagnosed('incident.acknowledged').lines).toHaveLength(1);
});

test('a text message and a call name the cause where one stands out and there is room', () => {
  const phrase = 'Probably: the unix socket of the application does not exist.';
  const { brief, spoken } = diagnosed('incident.opened', 'sms');
  expect([brief, spoken]).toEqual([
    `DOWN: Shop since 15:02:07 CET: HTTP 502. ${phrase}`,
    `Shop is down since 3:02 PM, Berlin time. HTTP 502. ${phrase}`,
  ]);
  expect(diagnosed('incident.opened', 'sms', { certainty: 'open' }).brief).not.toContain('Probably');
  const long = diagnosed('incident.opened', 'sms', {}, { ...incident, monitorName: 'x'.repeat(100) });
  expect(long.brief).toMatch(/HTTP 502\.$/u);
});

test('a webhook is told the diagnosis as the catalogue publishes it', () => {
  const { body } = diagnosed('incident.opened', 'webhook');
  expect(body).toMatchObject({ data: { diagnosis } });
  expect(Compile(webhookData['incident.opened']).Check((body as { data: unknown }).data)).toBe(true);
});

test('an opening says the same at every attempt, whatever has happened since', () => {
  const later = { ...over, acknowledgedAt: new Date(), acknowledgedBy: { accountId: null, name: 'Bob', via: 'page' } };
  expect(message('incident.opened', later)).toEqual(message('incident.opened'));
});

test.each([
  ['incident.escalated', 'Still down, nobody has it: Shop (HTTP 502)', true],
  ['incident.reminder', 'Still down: Shop (for 10 min)', true],
  ['incident.acknowledged', 'Bob has it: Shop', false],
  ['incident.resolved', 'Up again: Shop (was down for 3 min 24 s)', false],
] as const)('%s: %s', (event, subject, acknowledgeable) => {
  const told = message(event, event === 'incident.resolved' ? over : incident);
  expect(told.subject).toBe(subject);
  expect(told.acknowledge !== null).toBe(acknowledgeable);
  expect(told.threadId).toBe(`incident.${incident.id}`);
});

test('a recovery says how long it lasted, from when to when', () => {
  expect(message('incident.resolved', over).lines).toEqual([
    'Shop was down for 3 min 24 s, from Mon, 23 Nov 2026, 15:02:07 CET (2026-11-23T14:02:07.120Z) to Mon, 23 Nov 2026, 15:05:31 CET (2026-11-23T14:05:31.044Z), and is up again. It was: HTTP 502, seen from fra and iad.',
  ]);
});

test.each([
  'incident.opened',
  'incident.escalated',
  'incident.reminder',
  'incident.acknowledged',
  'incident.resolved',
] as const)('the webhook’s body of %s is what the catalogue publishes', (event) => {
  const { body } = message(event, event === 'incident.resolved' ? over : incident);
  expect(body).toMatchObject({ type: event, timestamp: '2026-11-23T14:02:09.300Z' });
  expect(Compile(webhookData[event]).Check((body as { data: unknown }).data)).toBe(true);
});

test('bodies that are about no incident are what the catalogue publishes', () => {
  const certificate = { monitorName: 'Shop', url: 'https://shop.example/', endsAt: Date.UTC(2026, 11, 1), daysLeft: 7 };
  const stopped = { regions: ['fra'], monitors: 3, since: Date.UTC(2026, 10, 23) };
  const bodies = {
    'certificate.expiring': certificateContent(certificate, incident.monitorId, envelope).body,
    'monitoring.stopped': stoppedContent('monitoring.stopped', stopped, envelope).body,
    'monitoring.resumed': stoppedContent('monitoring.resumed', stopped, envelope).body,
    'channel.test': testContent(envelope).body,
  };
  for (const [type, body] of Object.entries(bodies)) {
    expect(body).toMatchObject({ type });
    const schema = webhookData[type as keyof typeof bodies]; // the keys are those of `bodies`
    expect(Compile(schema).Check((body as { data: unknown }).data)).toBe(true);
  }
});

const items = (count: number): readonly Item[] =>
  Array.from({ length: count }, (_, i) => ({
    tone: 'down',
    incident: { ...incident, id: `i${i}`, monitorName: `monitor-${i}` },
    text: '',
  }));

test.each([
  ['email', 3_000, 3_000],
  ['slack', 200, 200],
  ['telegram', 60, 60],
  ['sms', 200, 0],
  ['voice', 200, 0],
] as const)('by %s %i things together name %i of them, and the rest is counted with a link', (kind, count, named) => {
  const content = severalContent(items(count), { ...envelope, channel: { ...envelope.channel, kind } });
  const text = content.lines.join(' ');
  expect(items(named).filter(({ incident: row }) => !text.includes(`${row?.monitorName} (`))).toEqual([]);
  expect(content.heading).toBe(`${count} monitors are down`);
  expect(text.includes(`all at https://watch.test/incidents`)).toBe(named < count);
  expect(Math.max(...content.lines.map((line) => line.length))).toBeLessThan(3_000);
});

test('held-back calls are listed, and a week without an outage says so', () => {
  const held = heldBackContent({ cap: 20, until: Date.UTC(2026, 10, 23, 15), items: ['Shop'], count: 3 }, envelope);
  expect(held.facts).toEqual([['Held back', ['Shop', 'and 2 more']]]);
  const week = { organisation: 'Acme', from: Date.UTC(2026, 10, 16), until: Date.UTC(2026, 10, 23), monitors: 2 };
  expect(reportContent({ ...week, incidents: 0, uptime: 1, worst: [] }, envelope).lines).toContain('Nothing was down.');
  const bad = { incidents: 1, uptime: 0.9999999, worst: [{ name: 'Shop', downMs: 60_000, incidents: 1 }] };
  expect(reportContent({ ...week, ...bad }, envelope).subject).toMatch(/99\.999 % up$/u);
});

test('whatever a monitor is called, every line stays one line and every link stays whole', () => {
  for (const monitorName of naughtyTexts()) {
    const told = message('incident.opened', { ...incident, monitorName });
    for (const line of [told.subject, told.heading, told.brief, told.spoken, ...told.lines])
      expect(oneLine(line)).toBe(line.trim());
    expect(told.link?.url).toBe(`https://watch.test/incidents/${incident.id}`);
  }
});
