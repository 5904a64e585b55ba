import { initialState } from '@farwatch/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { keepResults, resultOf } from '../../world.fixture.ts';
import { type Api, startApi } from '../api.fixture.ts';
import { rollUp } from '../results/roll-up.ts';
import { forgetDeleted } from './delete.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(async () => {
  await api.sql.query('DELETE FROM monitor');
  api.asked.length = 0;
});

const create = async (body: object = { url: 'https://example.com/' }, key = api.mine.writer) =>
  api.call(key, 'POST', '/v1/monitors', { body });
const count = async (): Promise<number> =>
  (await api.sql.query<{ n: number }>('SELECT count(*)::int AS n FROM monitor')).rows[0]?.n ?? -1;
const eventsOf = async (monitorId: string) =>
  (
    await api.sql.query<{ type: string; data: { status?: string; endReason?: string } }>(
      'SELECT type, data FROM event WHERE monitor_id = $1 ORDER BY id',
      [monitorId],
    )
  ).rows;

describe('creating a monitor', () => {
  test('fills in the defaults, says where it is, and asks every region for a first look', async () => {
    const answer = await create();
    expect(answer.status).toBe(201);
    expect(answer.headers.location).toBe(`/v1/monitors/${answer.body.id}`);
    expect(answer.body).toMatchObject({
      name: 'example.com',
      url: 'https://example.com/',
      method: 'GET',
      intervalMs: 30_000,
      timeoutMs: 10_000,
      maxRedirects: 10,
      expectedStatuses: '200-399',
      regions: ['fra', 'iad'],
      status: 'pending',
      incidentId: null,
      lastResult: null,
      pausedAt: null,
    });
    const read = await api.call(api.mine.reader, 'GET', `/v1/monitors/${answer.body.id}`);
    expect(read.body).toEqual(answer.body);
    expect(read.headers.etag).toBe(answer.headers.etag);
    expect(api.asked.map(({ region, trigger, monitorId }) => [region, trigger, monitorId])).toEqual([
      ['fra', 'request', answer.body.id],
      ['iad', 'request', answer.body.id],
    ]);
  });

  test('is not undone by a queue that is away', async () => {
    await using away = await startApi({ deps: { asker: { ask: () => Promise.reject(new Error('away')) } } });
    const answer = await away.call(away.mine.writer, 'POST', '/v1/monitors', { body: { url: 'https://example.com' } });
    expect(answer.status).toBe(201);
    expect((await away.call(away.mine.reader, 'GET', `/v1/monitors/${answer.body.id}`)).status).toBe(200);
  });

  test('stops at the limit of the organisation, also when many come at once', async () => {
    await using small = await startApi({ limits: { monitorsPerOrganisation: 3 } });
    const post = () => small.call(small.mine.writer, 'POST', '/v1/monitors', { body: { url: 'https://example.com' } });
    const answers = await Promise.all(Array.from({ length: 8 }, post));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(answers.filter(({ status, body }) => status === 409 && body.code === 'monitor-limit')).toHaveLength(5);
  });

  const long = `https://example.com/${'a'.repeat(2_048)}`;
  test.each([
    ['ftp://example.com/', '/url', 'url-scheme'],
    ['javascript:alert(1)', '/url', 'url-scheme'],
    ['https://user:pass@example.com/', '/url', 'url-credentials'],
    ['http://', '/url', 'url-no-host'],
    ['https:///path', '/url', 'url-no-host'],
    ['example.com', '/url', 'url-invalid'],
    [long, '/url', 'url-too-long'],
    ['http://10.0.0.1/', '/url', 'url-address-denied'],
    ['http://192.168.1.1/', '/url', 'url-address-denied'],
    ['http://169.254.169.254/latest/meta-data/', '/url', 'url-address-denied'],
    ['http://[::1]/', '/url', 'url-address-denied'],
    ['http://[fe80::1]/', '/url', 'url-address-denied'],
    ['http://[fd00:ec2::254]/', '/url', 'url-address-denied'],
    ['http://[::ffff:10.0.0.1]/', '/url', 'url-address-denied'],
    ['http://0xa9fea9fe/', '/url', 'url-address-denied'],
    ['http://2852039166/', '/url', 'url-address-denied'],
    ['http://0251.0376.0251.0376/', '/url', 'url-address-denied'],
    ['http://①⑥⑨.254.169.254/', '/url', 'url-address-denied'],
    ['http://0.0.0.0/', '/url', 'url-address-denied'],
    ['http://metadata.google.internal/', '/url', 'url-address-denied'],
  ])('refuses %s', async (url, pointer, code) => {
    const answer = await create({ url });
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ code: 'validation-failed', requestId: expect.any(String) });
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ pointer, code }));
    expect(await count()).toBe(0);
  });

  const url = 'https://example.com/';
  test.each([
    [{ url, timeoutMs: 20_000, intervalMs: 10_000 }, '/timeoutMs', 'timeout-exceeds-interval'],
    [{ url, regions: ['fra', 'xyz'] }, '/regions/1', 'unknown-region'],
    [{ url, expectedStatuses: '399-200' }, '/expectedStatuses', 'range-reversed'],
    [{ url, intervalMs: 1 }, '/intervalMs', 'too-small'],
    [{ url, colour: 'red' }, '/colour', 'unknown-field'],
    [{ url, name: 'a\0b' }, '/name', 'nul-character'],
    [{ name: 'no url' }, '/url', 'missing'],
    [{ url: 7 }, '/url', 'wrong-type'],
  ])('refuses %j', async (body, pointer, code) => {
    const answer = await create(body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ pointer, code }));
    expect(await count()).toBe(0);
  });

  test('says everything that is wrong at once', async () => {
    const { body } = await create({ url: 'ftp://x', timeoutMs: 20_000, intervalMs: 10_000, regions: ['nowhere'] });
    expect(body.errors.map(({ code }: { code: string }) => code)).toEqual([
      'url-scheme',
      'unknown-region',
      'timeout-exceeds-interval',
    ]);
  });

  test('refuses a region when there are none to look from', async () => {
    await using empty = await startApi();
    await empty.sql.query('DELETE FROM region');
    const answer = await empty.call(empty.mine.writer, 'POST', '/v1/monitors', { body: { url } });
    expect([answer.status, answer.body.code]).toEqual([409, 'no-regions']);
  });
});

describe('changing a monitor', () => {
  test('keeps what is not named, and honours If-Match', async () => {
    const made = await create();
    const path = `/v1/monitors/${made.body.id}`;
    const etag = String(made.headers.etag);
    const renamed = await api.call(api.mine.writer, 'PATCH', path, {
      body: { name: 'Shop' },
      headers: { 'if-match': etag },
    });
    expect(renamed.status).toBe(200);
    expect(renamed.body).toMatchObject({ name: 'Shop', url: 'https://example.com/' });
    expect(renamed.headers.etag).not.toBe(etag);
    const stale = await api.call(api.mine.writer, 'PATCH', path, {
      body: { name: 'X' },
      headers: { 'if-match': etag },
    });
    expect(stale.status).toBe(412);
    expect((await api.call(api.mine.reader, 'GET', path)).body.name).toBe('Shop');
  });

  test('is judged as a whole: half a change can be wrong', async () => {
    const { id } = (await create()).body;
    const answer = await api.call(api.mine.writer, 'PATCH', `/v1/monitors/${id}`, { body: { timeoutMs: 60_000 } });
    expect([answer.status, answer.body.errors[0].code]).toEqual([400, 'timeout-exceeds-interval']);
  });

  test.each([{ url: 'http://10.0.0.1/' }, { url: null }, { name: null }, { unknown: 1 }])(
    'refuses %j',
    async (body) => {
      const made = (await create()).body;
      expect((await api.call(api.mine.writer, 'PATCH', `/v1/monitors/${made.id}`, { body })).status).toBe(400);
      expect((await api.call(api.mine.reader, 'GET', `/v1/monitors/${made.id}`)).body).toEqual(made);
    },
  );

  const fra = {
    verdict: 'up',
    streak: 3,
    since: 1,
    refutedAt: null,
    newest: 3,
    slow: 0,
    cause: null,
    span: null,
  } as const;
  const state = { ...initialState, seenUp: true, regions: { fra } };
  const settle = async (id: string, status: string, incident: object | null = null) =>
    api.sql.query(
      `UPDATE monitor_state SET status = $2, settled = true, state = $3, status_since = now() - interval '1 hour'
       WHERE monitor_id = $1`,
      [id, status, JSON.stringify({ ...state, incident })],
    );
  const stateOf = async (id: string) =>
    (
      await api.sql.query<{ state: object; settled: boolean; status: string }>(
        'SELECT state, settled, status FROM monitor_state WHERE monitor_id = $1',
        [id],
      )
    ).rows[0];

  test.each([{ url: 'https://example.org/' }, { method: 'HEAD' }, { expectedStatuses: '200' }, { regions: ['fra'] }])(
    '%j forgets what was learnt of the old question and asks anew',
    async (body) => {
      const { id } = (await create()).body;
      await settle(id, 'up');
      api.asked.length = 0;
      const answer = await api.call(api.mine.writer, 'PATCH', `/v1/monitors/${id}`, { body });
      expect(answer.body.status).toBe('pending');
      expect(await stateOf(id)).toEqual({
        status: 'pending',
        settled: false,
        state: { ...initialState, from: expect.any(Number), until: expect.any(Number) },
      });
      expect(api.asked.length).toBe(answer.body.regions.length);
      expect(await eventsOf(id)).toMatchObject([{ type: 'monitor.status-changed', data: { status: 'pending' } }]);
    },
  );

  test('an interval or a name changes nothing of what was learnt', async () => {
    const { id } = (await create()).body;
    await settle(id, 'up');
    api.asked.length = 0;
    const body = { name: 'New', intervalMs: 60_000 };
    expect((await api.call(api.mine.writer, 'PATCH', `/v1/monitors/${id}`, { body })).body.status).toBe('up');
    expect(await stateOf(id)).toMatchObject({ settled: true, state: { regions: { fra: { streak: 3 } } } });
    expect(api.asked).toEqual([]);
  });

  test('an open incident outlives a change of the URL', async () => {
    const { id } = (await create()).body;
    await settle(id, 'down', { startedAt: 5 });
    const body = { url: 'https://example.org/' };
    expect((await api.call(api.mine.writer, 'PATCH', `/v1/monitors/${id}`, { body })).body.status).toBe('down');
    expect(await stateOf(id)).toMatchObject({ state: { regions: {}, incident: { startedAt: 5 } } });
    expect(await eventsOf(id)).toEqual([]);
  });
});

describe('pausing', () => {
  const openIncident = async (monitorId: string): Promise<void> => {
    const id = '01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e';
    const cause = JSON.stringify({ kind: 'status', status: 502 });
    await api.sql.query(
      `INSERT INTO incident (id, organisation_id, monitor_id, started_at, cause, regions, opened_at)
       VALUES ($1, $2, $3, now() - interval '1 minute', $4, '{fra}', now())`,
      [id, api.mine.id, monitorId, cause],
    );
    await api.sql.query(
      `INSERT INTO span (monitor_id, region, started_at, code, failure, last_seen_at)
       VALUES ($1, 'fra', now() - interval '1 minute', '502', $2, now() - interval '5 seconds')`,
      [monitorId, cause],
    );
  };

  test('ends an open incident as paused, closes its spans, and alerts nobody', async () => {
    const { id } = (await create()).body;
    await api.call(api.mine.writer, 'POST', '/v1/channels', {
      body: { target: { kind: 'email', address: 'a@b.example' } },
    });
    await openIncident(id);
    const paused = await api.call(api.mine.writer, 'POST', `/v1/monitors/${id}/pause`);
    expect(paused.status).toBe(200);
    expect(paused.body).toMatchObject({ status: 'paused', incidentId: null });
    expect(paused.body.statusSince).toBe(paused.body.pausedAt);
    const { items } = (await api.call(api.mine.reader, 'GET', `/v1/incidents?monitorId=${id}`)).body;
    expect(items).toMatchObject([{ status: 'resolved', endReason: 'paused' }]);
    const incident = (await api.call(api.mine.reader, 'GET', `/v1/incidents/${items[0].id}`)).body;
    expect(incident.spans).toMatchObject([{ code: '502', endedAt: expect.any(String) }]);
    expect((await api.call(api.mine.reader, 'GET', '/v1/deliveries')).body.items).toEqual([]);
    expect(await eventsOf(id)).toMatchObject([
      { type: 'incident.resolved', data: { endReason: 'paused' } },
      { type: 'monitor.status-changed', data: { status: 'paused' } },
    ]);
  });

  test('twice is the same as once; resuming looks again at once', async () => {
    const { id } = (await create()).body;
    const first = await api.call(api.mine.writer, 'POST', `/v1/monitors/${id}/pause`);
    const second = await api.call(api.mine.writer, 'POST', `/v1/monitors/${id}/pause`);
    expect(second.body).toEqual(first.body);
    const check = await api.call(api.mine.writer, 'POST', `/v1/monitors/${id}/check`);
    expect([check.status, check.body.code]).toEqual([409, 'monitor-paused']);
    api.asked.length = 0;
    const resumed = await api.call(api.mine.writer, 'POST', `/v1/monitors/${id}/resume`);
    expect(resumed.body).toMatchObject({ status: 'pending', pausedAt: null });
    expect(Date.parse(resumed.body.statusSince)).toBeGreaterThanOrEqual(Date.parse(first.body.pausedAt));
    expect(api.asked).toHaveLength(2);
    await api.call(api.mine.writer, 'POST', `/v1/monitors/${id}/resume`);
    expect(api.asked).toHaveLength(2);
    expect((await eventsOf(id)).map(({ data }) => data.status)).toEqual(['paused', 'pending']);
  });

  test('waits for the worker that is judging the monitor', async () => {
    const { id } = (await create()).body;
    let pausing: Promise<unknown> = Promise.resolve();
    let settled = false;
    await api.db.transaction(async (tx) => {
      await tx.query('SELECT 1 FROM monitor_state WHERE monitor_id = $1 FOR UPDATE', [id]);
      pausing = api.call(api.mine.writer, 'POST', `/v1/monitors/${id}/pause`).then(() => {
        settled = true;
      });
      await expect
        .poll(async () => {
          const { rows } = await api.sql.query(`SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'`);
          return rows.length;
        })
        .toBeGreaterThan(0);
      expect(settled).toBe(false);
    });
    await pausing;
    expect((await api.call(api.mine.reader, 'GET', `/v1/monitors/${id}`)).body.status).toBe('paused');
  });
});

test('“check now” asks every region for a look of this very moment', async () => {
  const { id } = (await create()).body;
  api.asked.length = 0;
  const answer = await api.call(api.mine.writer, 'POST', `/v1/monitors/${id}/check`);
  expect(answer.status).toBe(202);
  expect(answer.body.regions).toEqual(['fra', 'iad']);
  expect(api.asked.map(({ scheduledAt }) => new Date(scheduledAt).toISOString())).toEqual([
    answer.body.scheduledAt,
    answer.body.scheduledAt,
  ]);
});

test('a deleted monitor is gone with its incidents, its log and its evidence', async () => {
  const { id } = (await create()).body;
  await keepResults(api.db, [resultOf(id, 'up', Date.now(), { region: 'fra' })]);
  await rollUp({ db: api.db })(Date.now() + 2 * 86_400_000);
  expect((await api.sql.query('SELECT 1 FROM roll_up_1d')).rows).toHaveLength(1);
  await api.sql.query(
    `INSERT INTO evidence (monitor_id, scheduled_at, region, family, evidence) VALUES ($1, now(), 'fra', 'any', '{}')`,
    [id],
  );
  expect((await api.call(api.mine.writer, 'DELETE', `/v1/monitors/${id}`)).status).toBe(204);
  expect((await api.call(api.mine.writer, 'DELETE', `/v1/monitors/${id}`)).status).toBe(404);
  expect((await api.call(api.mine.reader, 'GET', `/v1/monitors/${id}`)).status).toBe(404);
  expect((await api.call(api.mine.reader, 'GET', `/v1/monitors/${id}/results`)).status).toBe(404);
  // After its day in which it could be brought back.
  await api.sql.query(`UPDATE monitor SET deleted_at = deleted_at - interval '25 hours'`);
  expect((await api.call(api.mine.writer, 'POST', `/v1/monitors/${id}/restore`)).status).toBe(404);
  expect(await forgetDeleted(api.deps)).toBe(1);
  expect(await count()).toBe(0);
  expect((await api.sql.query('SELECT 1 FROM evidence WHERE monitor_id = $1', [id])).rows).toEqual([]);
  for (const table of ['roll_up_1h', 'roll_up_1d'])
    expect((await api.sql.query(`SELECT 1 FROM ${table}`)).rows).toEqual([]);
});

describe('another organisation', () => {
  test.each([
    ['GET', ''],
    ['PATCH', ''],
    ['DELETE', ''],
    ['POST', '/pause'],
    ['POST', '/resume'],
    ['POST', '/check'],
    ['GET', '/results'],
    ['GET', '/results/1764079327120-fra-any'],
    ['GET', '/response-times'],
  ] as const)('hears 404 for %s …%s, as for an id that does not exist', async (method, suffix) => {
    const { id } = (await create()).body;
    const body = method === 'PATCH' ? { body: { name: 'Mine now' } } : {};
    const answer = await api.call(api.other.writer, method, `/v1/monitors/${id}${suffix}`, body);
    expect([answer.status, answer.body.code]).toEqual([404, 'not-found']);
    expect((await api.call(api.mine.reader, 'GET', `/v1/monitors/${id}`)).body.name).toBe('example.com');
  });

  test('sees nothing in the list', async () => {
    await create();
    expect((await api.call(api.other.reader, 'GET', '/v1/monitors')).body.items).toEqual([]);
  });
});

test('a key that may only read writes nothing', async () => {
  const { id } = (await create()).body;
  for (const [method, path, body] of [
    ['POST', '/v1/monitors', { url: 'https://example.com/' }],
    ['PATCH', `/v1/monitors/${id}`, { name: 'x' }],
    ['DELETE', `/v1/monitors/${id}`, undefined],
    ['POST', `/v1/monitors/${id}/pause`, undefined],
    ['POST', `/v1/monitors/${id}/resume`, undefined],
    ['POST', `/v1/monitors/${id}/check`, undefined],
  ] as const)
    expect((await api.call(api.mine.reader, method, path, { body })).status).toBe(403);
});
