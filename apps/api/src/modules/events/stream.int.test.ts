import { randomUUIDv7 } from 'node:crypto';
import { connect } from 'node:net';
import type { CheckResultView } from '@farwatch/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, startApi } from '../api.fixture.ts';
import type { NewEvent } from './store.ts';

let api: Api;
let origin: string;
const pace = { heartbeatMs: 50, recheckMs: 50, maxUnreadBytes: 300_000 };
beforeAll(async () => {
  api = await startApi({ pace, limits: { streamsPerOrganisation: 8 } });
  await api.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = api.app.server.address() as { port: number }; // it listens on TCP
  origin = `http://127.0.0.1:${port}`;
});
afterAll(() => api[Symbol.asyncDispose]());

type Frame = Readonly<{ id: string | null; event: string | null; data: unknown; comment: boolean }>;
const field = (block: string, name: string): string | null =>
  new RegExp(`^${name}: (.*)$`, 'mu').exec(block)?.[1] ?? null;
const parse = (block: string): Frame => {
  const data = field(block, 'data');
  return {
    id: field(block, 'id'),
    event: field(block, 'event'),
    data: data === null ? null : JSON.parse(data),
    comment: block.startsWith(':'),
  };
};

/** A caller of the stream, with what it has heard so far. */
const listen = async (options: { key?: string; lastEventId?: string; query?: string } = {}) => {
  const stop = new AbortController();
  const answer = await fetch(`${origin}/v1/events${options.query ?? ''}`, {
    headers: {
      authorization: options.key ?? api.mine.reader,
      ...(options.lastEventId === undefined ? {} : { 'last-event-id': options.lastEventId }),
    },
    signal: stop.signal,
  });
  const frames: Frame[] = [];
  let ended = false;
  const read = async (): Promise<void> => {
    let rest = '';
    for await (const text of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (rest + text).split('\n\n');
      rest = blocks.pop() ?? '';
      frames.push(...blocks.map(parse));
    }
  };
  const reading = read()
    .catch(() => undefined)
    .finally(() => {
      ended = true;
    });
  return {
    answer,
    frames,
    told: () => frames.filter(({ event }) => event !== null && event !== 'heartbeat'),
    deliveries: () => frames.flatMap(({ data }) => (data as { deliveryId?: string } | null)?.deliveryId ?? []),
    ended: () => ended,
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await reading;
    },
  };
};

const eventOf = (organisationId: string, monitorId: string | null, deliveryId: string): NewEvent => ({
  organisationId,
  monitorId,
  type: 'delivery.updated',
  data: { deliveryId, status: 'delivered' },
});
const record = (deliveryId: string, organisationId = api.mine.id, monitorId: string | null = null) =>
  api.db.transaction((tx) => api.deps.events.record(tx, eventOf(organisationId, monitorId, deliveryId)));

const checkOf = (monitorId: string): CheckResultView => ({
  id: '1764079327120-fra-any',
  monitorId,
  region: 'fra',
  family: 'any',
  trigger: 'schedule',
  scheduledAt: '2026-11-23T14:02:07.120Z',
  startedAt: '2026-11-23T14:02:07.121Z',
  totalMs: 12.5,
  outcome: { verdict: 'up' },
  status: 200,
  bytes: 512,
  remoteAddress: '192.0.2.1',
  phases: { dnsMs: 1, connectMs: 2, tlsMs: 3, firstByteMs: 4, downloadMs: 0.5 },
  hasEvidence: false,
});

test('tells what is committed, with an id, and nothing that is rolled back', async () => {
  await using mine = await listen();
  expect(mine.answer.headers.get('content-type')).toContain('text/event-stream');
  await api.db
    .transaction(async (tx) => {
      await api.deps.events.record(tx, eventOf(api.mine.id, null, 'undone'));
      throw new Error('undo');
    })
    .catch(() => undefined);
  await record('done');
  await expect.poll(mine.deliveries).toEqual(['done']);
  expect(mine.told()[0]).toMatchObject({ id: expect.stringMatching(/^\d+$/u), event: 'delivery.updated' });
});

test('another organisation hears nothing of it, and a filter nothing of other monitors', async () => {
  const monitorId = randomUUIDv7();
  await using other = await listen({ key: api.other.reader });
  await using filtered = await listen({ query: `?monitorId=${monitorId}` });
  await using mine = await listen();
  await record('of-another-monitor', api.mine.id, randomUUIDv7());
  await record('of-this-monitor', api.mine.id, monitorId);
  await record('of-the-other', api.other.id);
  await api.deps.events.announceChecks(api.sql, [
    { organisationId: api.mine.id, check: checkOf(monitorId) },
    { organisationId: api.mine.id, check: checkOf(randomUUIDv7()) },
  ]);
  await expect.poll(() => mine.told().length).toBe(4);
  await expect.poll(other.deliveries).toEqual(['of-the-other']);
  // Looks are told as they come, events once they are read: either may be first.
  const heard = () => filtered.told().map(({ event }) => event);
  await expect.poll(() => heard().toSorted()).toEqual(['check.completed', 'delivery.updated']);
  expect(other.told()).toHaveLength(1);
});

test('a look is told live, as it is in the log, without an id', async () => {
  await using mine = await listen();
  const checks = Array.from({ length: 100 }, () => checkOf(randomUUIDv7()));
  await api.deps.events.announceChecks(
    api.sql,
    checks.map((check) => ({ organisationId: api.mine.id, check })),
  );
  await expect.poll(() => mine.told().length).toBe(100);
  expect(mine.told()[0]).toEqual({ id: null, event: 'check.completed', data: checks[0], comment: false });
});

test('a look with a failure too long for one notification is told shortened', async () => {
  await using mine = await listen();
  const failure = { kind: 'assertion' as const, expected: '漢'.repeat(2_000), got: '\u0001'.repeat(2_000) };
  const check = { ...checkOf(randomUUIDv7()), outcome: { verdict: 'down' as const, failure } };
  await api.deps.events.announceChecks(api.sql, [{ organisationId: api.mine.id, check }]);
  await expect.poll(() => mine.told().length).toBe(1);
  expect(mine.told()[0]).toMatchObject({ data: { id: check.id, outcome: { verdict: 'down' } } });
});

test('a stream without news is kept open by comments that a browser hears as events, and can be resumed from its very beginning', async () => {
  await using quiet = await listen();
  await expect.poll(() => quiet.frames.filter(({ comment }) => comment).length).toBeGreaterThan(2);
  expect(quiet.frames.find(({ comment }) => comment)).toMatchObject({ event: 'heartbeat', id: null });
  const from = quiet.frames[0]?.id ?? '';
  await record('missed');
  await using resumed = await listen({ lastEventId: from });
  await expect.poll(resumed.deliveries).toEqual(['missed']);
});

test('a caller that can set no header resumes by a parameter, and the header goes before it', async () => {
  await using quiet = await listen();
  await expect.poll(() => quiet.frames.length).toBeGreaterThan(0);
  const from = quiet.frames[0]?.id ?? '';
  await record('first');
  await expect.poll(quiet.deliveries).toEqual(['first']);
  const afterFirst = quiet.told()[0]?.id ?? '';
  await record('second');
  await using byParameter = await listen({ query: `?lastEventId=${from}` });
  await expect.poll(byParameter.deliveries).toEqual(['first', 'second']);
  await using byHeader = await listen({ query: `?lastEventId=${from}`, lastEventId: afterFirst });
  await expect.poll(byHeader.deliveries).toEqual(['second']);
  expect((await listen({ query: '?lastEventId=x' })).answer.status).toBe(400);
});

test('whoever takes the stream up from a known position is told all that came after, looks while it catches up too', async () => {
  await record('before');
  const { rows } = await api.sql.query<{ id: string }>('SELECT max(id)::text AS id FROM event');
  const lastEventId = rows[0]?.id;
  await expect.poll(api.deps.hub.position).toBe(lastEventId);
  for (let n = 0; n < 450; n++) await record(`n${n}`); // three readings long
  const look = { organisationId: api.mine.id, check: checkOf(randomUUIDv7()) };
  await using page = await listen({ query: `?lastEventId=${lastEventId}` });
  await api.deps.events.announceChecks(api.sql, [look]);
  await expect.poll(() => page.told().length, { timeout: 10_000 }).toBe(451);
  expect(page.deliveries()).toEqual(Array.from({ length: 450 }, (_, n) => `n${n}`));
});

test('Last-Event-ID resumes without a gap and without a repetition while others are writing', async () => {
  const names = Array.from({ length: 900 }, (_, i) => `n${i}`);
  let from = '';
  {
    await using before = await listen();
    await record('start');
    await expect.poll(before.deliveries).toEqual(['start']);
    from = before.told()[0]?.id ?? '';
  }
  const write = async (mine: readonly string[]): Promise<void> => {
    for (const name of mine) await record(name);
  };
  const writing = Promise.all([0, 1, 2].map((n) => write(names.filter((_, i) => i % 3 === n))));
  const heard: string[] = [];
  // Comes again and again in the middle of the writing, as a caller on a bad line would.
  while (heard.length < names.length) {
    await using part = await listen({ lastEventId: from });
    await expect.poll(() => part.told().length, { timeout: 10_000 }).toBeGreaterThan(0);
    heard.push(...part.deliveries());
    from = part.told().at(-1)?.id ?? from;
  }
  await writing;
  expect(heard).toHaveLength(names.length);
  expect(new Set(heard)).toEqual(new Set(names));
});

test('a lost LISTEN connection is made again, and what happened meanwhile is told once', async () => {
  await using mine = await listen();
  await record('one');
  await expect.poll(mine.deliveries).toEqual(['one']);
  await api.sql.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name = 'farwatch events' AND datname = current_database()`,
  );
  await record('two');
  await record('three');
  await expect.poll(mine.deliveries, { timeout: 10_000 }).toEqual(['one', 'two', 'three']);
});

test('whoever is logged out hears nothing any more', async () => {
  const caller = api.credentials.get('mine-read');
  api.credentials.set('temporary', caller ?? { kind: 'probe', region: 'fra' });
  await using mine = await listen({ key: 'Bearer temporary' });
  await expect.poll(() => mine.frames.length).toBeGreaterThan(0);
  api.credentials.delete('temporary');
  await expect.poll(mine.ended).toBe(true);
});

test('a reader that stops reading is dropped, and the others go on', { timeout: 60_000 }, async () => {
  await using mine = await listen();
  const asleep = connect({ port: Number(new URL(origin).port), host: '127.0.0.1' });
  const dropped = new Promise((resolve) => asleep.once('error', resolve).once('close', resolve));
  asleep.write(`GET /v1/events HTTP/1.1\r\nHost: farwatch\r\nAuthorization: ${api.mine.reader}\r\n\r\n`);
  await new Promise((resolve) => asleep.once('readable', resolve)); // the stream is open; nothing is read from here on
  const outcome = { verdict: 'inconclusive' as const, reason: 'x'.repeat(500) };
  const fat = () => ({ organisationId: api.mine.id, check: { ...checkOf(randomUUIDv7()), outcome } });
  // More than what the operating system keeps for a sleeping reader; at a pace that the other one keeps up with.
  for (let told = 0; told < 7_000; told += 200) {
    await api.deps.events.announceChecks(api.sql, Array.from({ length: 200 }, fat));
    await expect.poll(() => mine.told().length, { interval: 5 }).toBe(told + 200);
  }
  await record('still here');
  await expect.poll(mine.deliveries, { timeout: 30_000 }).toEqual(['still here']);
  asleep.resume();
  await dropped;
});

test('an organisation has a bounded number of streams', async () => {
  const open = await Promise.all(Array.from({ length: 8 }, () => listen({ key: api.other.reader })));
  const refused = await fetch(`${origin}/v1/events`, { headers: { authorization: api.other.reader } });
  expect(refused.status).toBe(429);
  expect(await refused.json()).toMatchObject({ code: 'too-many-streams' });
  await using mine = await listen();
  expect(mine.answer.status).toBe(200);
  for (const stream of open) await stream[Symbol.asyncDispose]();
  await expect.poll(async () => (await listen({ key: api.other.reader })).answer.status).toBe(200);
});

test('a HEAD request does not open a stream', async () => {
  const answer = await fetch(`${origin}/v1/events`, { method: 'HEAD', headers: { authorization: api.mine.reader } });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringContaining('event-stream')]);
});

test('closing the API ends its streams', async () => {
  await using own = await startApi({ pace });
  await own.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = own.app.server.address() as { port: number }; // it listens on TCP
  const answer = await fetch(`http://127.0.0.1:${port}/v1/events`, { headers: { authorization: own.mine.reader } });
  await own.app.close();
  expect(await answer.text()).toContain('retry: ');
});
