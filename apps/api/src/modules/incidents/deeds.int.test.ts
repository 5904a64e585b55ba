import { randomUUIDv7 } from 'node:crypto';
import { corpusThere, naughtyTexts, needs, waitUntil } from '@farwatch/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Api, startApi } from '../api.fixture.ts';
import { addPerson } from '../person.fixture.ts';
import { recordingPlanner } from '../planner.fixture.ts';
import { acknowledgeIncident } from './act.ts';

let api: Api;
let monitorId: string;
let ann: Awaited<ReturnType<typeof addPerson>>;
const due = randomUUIDv7();
const { planner, asked } = recordingPlanner({ due: [due] });
beforeAll(async () => {
  api = await startApi({ deps: { alerts: planner } });
  const body = { name: 'Shop', url: 'https://shop.example/' };
  monitorId = (await api.call(api.mine.writer, 'POST', '/v1/monitors', { body })).body.id;
  ann = await addPerson(api, api.mine, 'Ann');
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(async () => {
  await api.sql.query('DELETE FROM incident');
  await api.sql.query('DELETE FROM event');
  asked.length = 0;
  api.sent.length = 0;
});

const incident = async (resolved = false, monitor = monitorId): Promise<string> => {
  const id = randomUUIDv7();
  await api.sql.query(
    `INSERT INTO incident (id, organisation_id, monitor_id, started_at, resolved_at, end_reason, cause, regions, opened_at)
     VALUES ($1, $2, $3, now() - interval '1 hour', CASE WHEN $4 THEN now() END,
       CASE WHEN $4 THEN 'recovered'::end_reason END, '{"kind":"status","status":502}', '{fra}', now())`,
    [id, api.mine.id, monitor, resolved],
  );
  return id;
};
const act = (id: string, action: string, body?: unknown, key = ann.key) =>
  api.call(key, 'POST', `/v1/incidents/${id}/${action}`, { body, headers: ann.headers });
const putPostMortem = (id: string, text: string | null, key = ann.key) =>
  api.call(key, 'PUT', `/v1/incidents/${id}/post-mortem`, { body: { text }, headers: ann.headers });
const read = async (id: string) => (await api.call(api.mine.reader, 'GET', `/v1/incidents/${id}`)).body;
const story = async (id: string) =>
  (await api.call(api.mine.reader, 'GET', `/v1/incidents/${id}/comments`)).body.items.map(
    ({ kind, author, accountId, text }: Record<string, string>) => [kind, author, accountId, text],
  );
const events = async () => (await api.sql.query<{ type: string; data: unknown }>('SELECT type, data FROM event')).rows;

test('whoever acknowledges has it: the story, the event stream, alerting and the queue hear of it', async () => {
  const id = await incident();
  const answer = await act(id, 'acknowledge');
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    severity: 'down',
    acknowledgedBy: { accountId: ann.id, name: 'Ann', via: 'page' },
    assigneeId: null,
    snoozedUntil: null,
    postMortem: null,
  });
  expect(await story(id)).toEqual([['acknowledged', 'Ann', ann.id, 'Acknowledged on the dashboard.']]);
  expect(await events()).toEqual([{ type: 'incident.updated', data: answer.body }]);
  const now = Date.parse(answer.body.acknowledgedAt);
  const by = { accountId: ann.id, name: 'Ann', via: 'page' };
  expect(asked).toEqual([['acknowledged', { organisationId: api.mine.id, incidentId: id, by, now }]]);
  expect(api.sent).toEqual([{ deliveryId: due, attempt: 1 }]);
  const { spans: _, marks: __, children: ___, codes: ____, regionBounds: _____, ...shown } = await read(id);
  expect(shown).toEqual(answer.body);
});

test('a second time changes nothing and says who has it', async () => {
  const id = await incident();
  const first = await act(id, 'acknowledge', undefined, api.mine.writer);
  expect(first.body.acknowledgedBy).toEqual({ accountId: null, name: 'API key', via: 'api' });
  const second = await act(id, 'acknowledge');
  expect([second.status, second.body]).toEqual([200, first.body]);
  expect([asked.length, (await events()).length, (await story(id)).length]).toEqual([1, 1, 1]);
});

test('of many at once exactly one has it, and all the others learn who', async () => {
  const id = await incident();
  const people = Array.from({ length: 20 }, (_, i) => ({ accountId: null, name: `p${i}`, via: 'slack' }));
  const which = { organisationId: api.mine.id, incidentId: id, now: Date.now() };
  const answers = await Promise.all(people.map((by) => acknowledgeIncident(api.deps, { ...which, by })));
  const { name } = (await read(id)).acknowledgedBy;
  expect(answers.filter(({ kind }) => kind === 'acknowledged')).toEqual([{ kind: 'acknowledged', by: name }]);
  expect(answers.filter(({ kind }) => kind === 'already')).toHaveLength(19);
  for (const answer of answers) expect(answer).toHaveProperty('by', name);
  expect([asked.length, api.sent.length]).toEqual([1, 1]);
  expect(await story(id)).toEqual([['acknowledged', name, null, 'Acknowledged in Slack.']]);
});

test('a reply to an incident that is over, or gone, is told so', async () => {
  const by = { accountId: null, name: 'Bob', via: 'sms' };
  const which = { organisationId: api.mine.id, by, now: Date.now() };
  const over = await incident(true);
  expect(await acknowledgeIncident(api.deps, { ...which, incidentId: over })).toEqual({ kind: 'resolved' });
  expect(await acknowledgeIncident(api.deps, { ...which, incidentId: randomUUIDv7() })).toEqual({ kind: 'missing' });
  expect(asked).toEqual([]);
});

const waiting = async (): Promise<number> => {
  const { rows } = await api.sql.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return rows[0]?.n ?? 0;
};

test('waits for whoever judges a batch of monitors, and neither holds the other up for good', async () => {
  const other = (await api.call(api.mine.writer, 'POST', '/v1/monitors', { body: { url: 'https://b.example/' } })).body
    .id;
  const [a, b] = [await incident(), await incident(false, other)];
  const end = `UPDATE incident SET resolved_at = now(), end_reason = 'recovered' WHERE id = $1`;
  let answers: ReturnType<typeof act>[] = [];
  // As the worker takes its locks: all states; one monitor's incident and its event; the next one's.
  await api.db.transaction(async (tx) => {
    await tx.query('SELECT 1 FROM monitor_state WHERE monitor_id = ANY($1) ORDER BY monitor_id FOR UPDATE', [
      [monitorId, other],
    ]);
    await tx.query(end, [a]);
    answers = [act(a, 'acknowledge'), act(b, 'acknowledge')];
    await waitUntil(async () => (await waiting()) === 2, 10_000);
    const data = { monitorId, status: 'up', statusSince: new Date().toISOString() } as const;
    await api.deps.events.record(tx, { organisationId: api.mine.id, monitorId, type: 'monitor.status-changed', data });
    await tx.query(end, [b]);
  });
  for (const answer of answers)
    expect(await answer).toMatchObject({ status: 409, body: { code: 'incident-resolved' } });
});

test('a queue that is away undoes nothing', async () => {
  await using away = await startApi({
    deps: { alerts: planner, deliveryQueue: { send: () => Promise.reject(new Error('away')) } },
  });
  const body = { url: 'https://shop.example/' };
  const monitor = (await away.call(away.mine.writer, 'POST', '/v1/monitors', { body })).body.id;
  const id = randomUUIDv7();
  await away.sql.query(
    `INSERT INTO incident (id, organisation_id, monitor_id, started_at, cause, regions, opened_at)
     VALUES ($1, $2, $3, now(), '{"kind":"status","status":502}', '{fra}', now())`,
    [id, away.mine.id, monitor],
  );
  const answer = await away.call(away.mine.writer, 'POST', `/v1/incidents/${id}/acknowledge`);
  expect([answer.status, answer.body.acknowledgedBy.name]).toEqual([200, 'API key']);
});

test('given back, escalation goes on; given back twice it does so once', async () => {
  const id = await incident();
  await act(id, 'acknowledge');
  const answer = await act(id, 'unacknowledge');
  expect(answer.body).toMatchObject({ acknowledgedAt: null, acknowledgedBy: null });
  expect((await act(id, 'unacknowledge')).status).toBe(200);
  expect(asked.map(([what]) => what)).toEqual(['acknowledged', 'unacknowledged']);
  expect(asked[1]?.[1]).toMatchObject({ incidentId: id });
  expect((await story(id))[1]).toEqual(['unacknowledged', 'Ann', ann.id, 'Taken back from Ann.']);
  expect((await act(id, 'acknowledge', undefined, api.mine.writer)).body.acknowledgedBy.name).toBe('API key');
});

test('is snoozed until a moment ahead, and that can be ended', async () => {
  const id = await incident();
  const until = new Date(Date.now() + 3_600_000).toISOString();
  expect((await act(id, 'snooze', { until })).body.snoozedUntil).toBe(until);
  expect((await act(id, 'snooze', { until: null })).body.snoozedUntil).toBeNull();
  expect(asked.map(([what, news]) => [what, (news as { until: number | null }).until])).toEqual([
    ['snoozed', Date.parse(until)],
    ['snoozed', null],
  ]);
  expect((await story(id)).map((line: string[]) => line[3])).toEqual([
    `Snoozed until ${until.slice(0, 19).replace('T', ' ')} UTC.`,
    'No longer snoozed.',
  ]);
});

test.each([
  ['a moment that has passed', () => new Date(Date.now() - 1).toISOString(), 'not-in-future'],
  ['more than 7 days', () => new Date(Date.now() + 7 * 86_400_000 + 60_000).toISOString(), 'too-far-ahead'],
  ['what is no moment', () => '2026-02-31T25:00:00Z', 'wrong-format'],
])('is not snoozed until %s', async (_, until, code) => {
  const id = await incident();
  const answer = await act(id, 'snooze', { until: until() });
  expect([answer.status, answer.body.code]).toEqual([400, 'validation-failed']);
  expect(answer.body.errors).toContainEqual(expect.objectContaining({ pointer: '/until', code }));
  expect([(await read(id)).snoozedUntil, asked]).toEqual([null, []]);
});

test('is given to a member, to nobody, and never to a stranger', async () => {
  const id = await incident();
  const stranger = await addPerson(api, api.other, 'Eve');
  expect((await act(id, 'assign', { accountId: ann.id })).body.assigneeId).toBe(ann.id);
  const refused = await act(id, 'assign', { accountId: stranger.id });
  expect([refused.status, refused.body.errors[0]]).toEqual([
    400,
    expect.objectContaining({ pointer: '/accountId', code: 'unknown-member' }),
  ]);
  expect((await act(id, 'assign', { accountId: ann.id })).status).toBe(200); // the same again: no second line
  expect((await act(id, 'assign', { accountId: null })).body.assigneeId).toBeNull();
  expect((await story(id)).map((line: string[]) => line[3])).toEqual(['Assigned to Ann.', 'Assigned to nobody.']);
});

test('what happened is written down, changed and taken away, also when it is over', async () => {
  const id = await incident(true);
  const written = await putPostMortem(id, 'A disk was full.');
  expect(written.body).toMatchObject({ postMortem: 'A disk was full.', postMortemAt: expect.any(String) });
  await putPostMortem(id, 'Two disks were full.');
  expect((await putPostMortem(id, null)).body).toMatchObject({ postMortem: null, postMortemAt: null });
  expect((await story(id)).map((line: string[]) => line[3])).toEqual([
    'Post-mortem written.',
    'Post-mortem changed.',
    'Post-mortem removed.',
  ]);
});

test('comments come oldest first, page both ways, and wake the event stream', async () => {
  const id = await incident();
  const ids: string[] = [];
  for (let i = 0; i < 5; i++) {
    const made = await act(id, 'comments', { text: `<b>${i}</b>\n` });
    expect([made.status, made.body.author, made.body.kind]).toEqual([201, 'Ann', 'comment']);
    ids.push(made.body.id);
  }
  const page = async (query: string) =>
    (await api.call(api.mine.reader, 'GET', `/v1/incidents/${id}/comments?limit=2${query}`)).body;
  const first = await page('');
  const second = await page(`&cursor=${first.next}`);
  const third = await page(`&cursor=${second.next}`);
  expect([...first.items, ...second.items, ...third.items].map((comment) => comment.id)).toEqual(ids);
  expect([first.items[0].text, third.next]).toEqual(['<b>0</b>\n', null]);
  expect((await page(`&cursor=${third.previous}`)).items).toEqual(second.items);
  expect((await events()).map(({ type }) => type)).toEqual(Array.from({ length: 5 }, () => 'incident.updated'));
});

test('somebody who writes without end is stopped; what is done is done, and no longer written down', async () => {
  const id = await incident();
  await api.sql.query(
    `INSERT INTO incident_comment (id, incident_id, author, text, created_at)
     SELECT gen_random_uuid(), $1, 'x', 'x', now() FROM generate_series(1, 1000)`,
    [id],
  );
  const answer = await act(id, 'comments', { text: 'one more' });
  expect([answer.status, answer.body.code]).toEqual([409, 'comment-limit']);
  expect((await act(id, 'acknowledge')).body.acknowledgedBy).toMatchObject({ name: 'Ann' });
  expect((await act(id, 'unacknowledge')).body.acknowledgedBy).toBeNull();
  expect((await api.sql.query('SELECT 1 FROM incident_comment')).rows).toHaveLength(1_000);
});

test('of an incident that is over nothing is acknowledged, given back or snoozed', async () => {
  const id = await incident(true);
  const until = new Date(Date.now() + 60_000).toISOString();
  for (const [action, body] of [['acknowledge'], ['unacknowledge'], ['snooze', { until }]] as const) {
    const answer = await act(id, action, body);
    expect([action, answer.status, answer.body.code]).toEqual([action, 409, 'incident-resolved']);
  }
  expect([asked, await events(), await story(id)]).toEqual([[], [], []]);
});

test('a post-mortem that somebody else changed in the meantime is not overwritten', async () => {
  const id = await incident();
  const url = `/v1/incidents/${id}/post-mortem`;
  const none = await api.call(ann.key, 'GET', url, { headers: ann.headers });
  expect(none.body).toEqual({ text: null, writtenAt: null });
  const put = (text: string | null, etag: unknown) =>
    api.call(ann.key, 'PUT', url, { body: { text }, headers: { ...ann.headers, 'if-match': String(etag) } });
  const first = await put('A disk was full.', none.headers.etag);
  expect(first.status).toBe(200);
  const late = await put('Nothing happened.', none.headers.etag);
  expect([late.status, late.body.code]).toEqual([412, 'changed-meanwhile']);
  const now = await api.call(api.mine.reader, 'GET', url);
  expect([now.body.text, now.headers.etag]).toEqual(['A disk was full.', first.headers.etag]);
  expect((await put(null, now.headers.etag)).status).toBe(200);
  expect((await api.call(api.other.reader, 'GET', url)).status).toBe(404);
});

test('another organisation hears 404, and a reading key changes nothing', async () => {
  const id = await incident();
  const deeds = [
    ['POST', 'acknowledge', undefined],
    ['POST', 'unacknowledge', undefined],
    ['POST', 'assign', { accountId: null }],
    ['POST', 'snooze', { until: null }],
    ['POST', 'comments', { text: 'x' }],
    ['PUT', 'post-mortem', { text: 'x' }],
  ] as const;
  for (const [method, action, body] of deeds) {
    const url = `/v1/incidents/${id}/${action}`;
    expect([action, (await api.call(api.other.writer, method, url, { body })).status]).toEqual([action, 404]);
    expect([action, (await api.call(api.mine.reader, method, url, { body })).status]).toEqual([action, 403]);
    const nobody = `/v1/incidents/${randomUUIDv7()}/${action}`;
    expect([action, (await api.call(api.mine.writer, method, nobody, { body })).status]).toEqual([action, 404]);
  }
  expect((await api.call(api.other.reader, 'GET', `/v1/incidents/${id}/comments`)).status).toBe(404);
  expect([asked, await events(), await story(id)]).toEqual([[], [], []]);
});

test.each([
  ['assign', {}, '/accountId', 'missing'],
  ['assign', { accountId: 'x' }, '/accountId', 'wrong-format'],
  ['comments', { text: '' }, '/text', 'too-short'],
  ['comments', { text: 'x'.repeat(10_001) }, '/text', 'too-long'],
  ['comments', { text: 'x', author: 'Eve' }, '/author', 'unknown-field'],
  ['snooze', { until: 5 }, '/until', 'wrong-type'],
])('%s refuses %j', async (action, body, pointer, code) => {
  const answer = await act(await incident(), action, body);
  expect(answer.status).toBe(400);
  expect(answer.body.errors).toContainEqual(expect.objectContaining({ pointer, code }));
});

needs('/work/shared/corpora', corpusThere).test(
  'no naughty text breaks anything: it is kept as it is, or refused',
  async () => {
    const id = await incident();
    const kept: string[] = [];
    for (const text of naughtyTexts()) {
      const unstorable = text === '' || text.includes('\0') || !text.isWellFormed();
      const answer = await act(id, 'comments', { text });
      expect([text, answer.status]).toEqual([text, unstorable ? 400 : 201]);
      if (answer.status === 201) kept.push(text);
    }
    const all = kept.join('\n').slice(0, 50_000);
    expect((await putPostMortem(id, all)).body.postMortem).toBe(all);
    const { rows } = await api.sql.query<{ text: string }>(
      `SELECT text FROM incident_comment WHERE kind = 'comment' ORDER BY created_at, id`,
    );
    expect(rows.map(({ text }) => text)).toEqual(kept);
  },
  120_000,
);
