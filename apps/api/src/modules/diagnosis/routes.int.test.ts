import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { HandOverView, maxLogBytes } from '@farwatch/contracts';
import { Compile } from 'typebox/compile';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Api, startApi } from '../api.fixture.ts';
import { insertIncident } from '../incidents/record-store.ts';
import { openDue } from './due.ts';
import { sweepDiagnoses } from './sweep.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());

/** An incident of a monitor of its own; diagnosed, unless `diagnosed` is false. */
const open = async (diagnosed = true): Promise<string> => {
  const made = await api.call(api.mine.writer, 'POST', '/v1/monitors', {
    body: { name: 'Shop', url: 'http://127.0.0.1/' },
  });
  const id = newId();
  const now = Date.now();
  await api.db.transaction(async (tx) => {
    await insertIncident(
      tx,
      { organisationId: api.mine.id, monitorId: made.body.id },
      id,
      {
        startedAt: now - 60_000,
        ...{ resolvedAt: null, endKnownAt: null, cause: { kind: 'status', status: 502 }, regions: ['fra'] },
      },
      now,
    );
    await openDue(tx, id, now);
  });
  if (diagnosed) await sweepDiagnoses(api.deps)(Date.now());
  return id;
};
const diagnosisOf = (id: string, query = '', caller = api.mine.reader) =>
  api.call(caller, 'GET', `/v1/incidents/${id}/diagnosis${query}`);
const feedback = (id: string, body: object, caller = api.mine.writer) =>
  api.call(caller, 'PUT', `/v1/incidents/${id}/diagnosis/feedback`, { body });
const upload = (
  id: string,
  payload: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
  caller = api.mine.writer,
) =>
  api.app.inject({
    method: 'POST',
    url: `/v1/incidents/${id}/logs?name=error.log`,
    headers: { authorization: caller, 'content-type': 'text/plain', ...headers },
    payload,
  });
const logs = (id: string, caller = api.mine.reader) => api.call(caller, 'GET', `/v1/incidents/${id}/logs`);
const refused =
  '2026/11/28 04:00:00 [error] 7#7: *1 connect() failed (111: Connection refused) while connecting to upstream\n';

test('an incident without a diagnosis yet says so without an error', async () => {
  const id = await open(false);
  const { status, body } = await diagnosisOf(id);
  expect({ status, body }).toEqual({ status: 200, body: { incidentId: id, shown: null, versions: [], feedback: [] } });
  expect((await feedback(id, { verdict: 'right' })).body).toMatchObject({ status: 409, code: 'no-diagnosis-yet' });
});

test('the newest version is shown with the list of all, an older one when asked for, an unknown one is 404', async () => {
  const id = await open();
  const { body } = await diagnosisOf(id);
  expect(body).toMatchObject({ shown: { version: 1, why: 'opened', diagnosis: { causes: expect.any(Array) } } });
  expect(body.versions).toEqual([
    {
      version: 1,
      why: 'opened',
      madeAt: expect.any(String),
      cause: body.shown.cause,
      confidence: body.shown.confidence,
    },
  ]);
  expect(body.shown.cause).toBe(body.shown.diagnosis.causes[0].cause);
  await upload(id, refused);
  expect((await diagnosisOf(id, '?version=1')).body.shown.version).toBe(1);
  expect((await diagnosisOf(id, '?version=9')).status).toBe(404);
});

test('what is another organisation’s is 404 by every way, and a key that may only read writes nothing', async () => {
  const id = await open();
  const { writer, reader } = api.other;
  const answers = [
    await diagnosisOf(id, '', reader),
    await feedback(id, { verdict: 'right' }, writer),
    await logs(id, reader),
    await api.call(writer, 'DELETE', `/v1/incidents/${id}/logs/${newId()}`),
  ];
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  expect((await upload(id, refused, {}, writer)).statusCode).toBe(404);
  expect((await upload(id, refused, {}, api.mine.reader)).statusCode).toBe(403);
  expect((await feedback(id, { verdict: 'right' }, api.mine.reader)).status).toBe(403);
  expect((await logs(id)).body.items).toEqual([]);
});

test('the last word about a version counts, and is kept with who said it of which version', async () => {
  const id = await open();
  await feedback(id, { verdict: 'right' });
  const wrong = { verdict: 'wrong', cause: 'socket-missing', hop: 'origin', note: 'php-fpm was not there' };
  const { status, body } = await feedback(id, wrong);
  expect({ status, body }).toMatchObject({ status: 200, body: { ...wrong, version: 1, by: { accountId: null } } });
  expect((await diagnosisOf(id)).body.feedback).toEqual([body]);
  expect((await feedback(id, { verdict: 'right', cause: 'slow' })).body.errors[0].pointer).toBe('/cause');
  expect((await feedback(id, { verdict: 'right', version: 7 })).body.errors[0].pointer).toBe('/version');
  expect((await feedback(id, { verdict: 'wrong', cause: 'gremlins' })).status).toBe(400);
});

test('a log that is handed in is kept as what was read, and the diagnosis is made anew with it and without it', async () => {
  const id = await open();
  const answer = await upload(id, refused.repeat(3));
  expect(answer.statusCode).toBe(201);
  const log = answer.json();
  expect(log).toMatchObject({ name: 'error.log', bytes: refused.length * 3, reading: { lines: 3 } });
  expect(answer.headers.location).toBe(`/v1/incidents/${id}/logs`);
  expect((await logs(id)).body.items).toEqual([log]);
  await api.call(api.mine.writer, 'DELETE', `/v1/incidents/${id}/logs/${log.id}`);
  expect((await logs(id)).body.items).toEqual([]);
  expect((await api.call(api.mine.writer, 'DELETE', `/v1/incidents/${id}/logs/${log.id}`)).status).toBe(404);
});

test.each([
  ['nothing at all', '', {}, 422, 'empty-log'],
  ['JSON', '{}', { 'content-type': 'application/json' }, 415, 'unsupported-media-type'],
  ['a coding that nobody can undo here', refused, { 'content-encoding': 'br' }, 415, 'unsupported-content-encoding'],
  ['a gzip that is none', refused, { 'content-encoding': 'gzip' }, 400, 'malformed-gzip'],
  ['more than a log may have', Buffer.alloc(maxLogBytes + 1, 'a'), {}, 413, 'body-too-large'],
  [
    'a small gzip of more than that',
    gzipSync(Buffer.alloc(maxLogBytes + 1)),
    { 'content-encoding': 'gzip' },
    413,
    'body-too-large',
  ],
])('%s is refused and leaves nothing', async (_, payload, headers, status, code) => {
  const id = await open();
  expect((await upload(id, payload, headers)).json()).toMatchObject({ status, code });
  expect((await logs(id)).body.items).toEqual([]);
});

test('a log may come as gzip', async () => {
  const id = await open();
  const answer = await upload(id, gzipSync(refused.repeat(2)), { 'content-encoding': 'gzip' });
  expect(answer.json()).toMatchObject({ bytes: refused.length * 2, reading: { lines: 2 } });
});

test('an incident has ten logs at most, whoever hands them in at once', async () => {
  const id = await open();
  const answers = await Promise.all(Array.from({ length: 14 }, () => upload(id, refused)));
  expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([
    ...Array(10).fill(201),
    ...Array(4).fill(409),
  ]);
  expect((await logs(id)).body.items).toHaveLength(10);
  expect((await upload(id, refused)).json()).toMatchObject({ status: 409, code: 'log-limit' });
});

test('a body without an end is refused as soon as it is too long, while it still comes', async () => {
  const id = await open();
  const server = createServer((request, response) => api.app.routing(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number }; // it listens on TCP
  const socket = connect(port, '127.0.0.1');
  const chunk = Buffer.alloc(65_536, 'a');
  let sent = 0;
  let answer = '';
  socket.on('error', () => undefined); // the other side hangs up on what is left
  socket.on('data', (data) => {
    answer += data;
  });
  socket.write(
    `POST /v1/incidents/${id}/logs HTTP/1.1\r\nhost: x\r\nauthorization: ${api.mine.writer}\r\ncontent-type: text/plain\r\ntransfer-encoding: chunked\r\n\r\n`,
  );
  while (!answer.includes('\r\n\r\n') && !socket.destroyed && sent < 10 * maxLogBytes) {
    const taken = socket.write(`10000\r\n${chunk}\r\n`);
    sent += chunk.length;
    await new Promise((resolve) =>
      taken ? setImmediate(resolve) : socket.once('drain', resolve).once('close', resolve),
    );
  }
  socket.destroy();
  expect(answer).toMatch(/^HTTP\/1\.1 413 /u);
  expect(sent).toBeLessThan(3 * maxLogBytes);
  server.close();
});

describe('the hand-over pack', () => {
  const pack = (id: string, accept?: string, caller = api.mine.reader) =>
    api.call(caller, 'GET', `/v1/incidents/${id}/hand-over`, accept === undefined ? {} : { headers: { accept } });
  test('is what the catalogue says, with the incident’s moments and its diagnosis', async () => {
    const id = await open();
    const { status, body } = await pack(id);
    expect(status).toBe(200);
    expect([...Compile(HandOverView).Errors(body)]).toEqual([]);
    expect(body).toMatchObject({ incidentId: id, monitor: 'Shop', resolvedAt: null, diagnosis: { certainty: 'open' } });
  });
  test('comes as text and as a page that loads and runs nothing', async () => {
    const id = await open();
    const text = await pack(id, 'text/plain');
    expect([text.headers['content-type'], text.text]).toEqual([
      'text/plain; charset=utf-8',
      expect.stringContaining('http://127.0.0.1/'),
    ]);
    const page = await pack(id, 'text/html,application/xhtml+xml,*/*;q=0.8');
    expect(page.text).toMatch(/^<!doctype html>/u);
    expect(page.text).not.toMatch(/<script/iu);
    const style = /<style>([\s\S]*?)<\/style>/u.exec(page.text)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(page.headers['content-security-policy']).toContain(`default-src 'none'; style-src 'sha256-${hash}'`);
    expect((await api.call(api.mine.reader, 'GET', `/v1/incidents/${id}/hand-over?format=page`)).text).toMatch(/^<!d/u);
  });
  test('is nobody else’s, and comes in no other form', async () => {
    const id = await open();
    expect((await pack(id, undefined, api.other.reader)).status).toBe(404);
    expect((await pack(id, 'image/png')).status).toBe(406);
  });
});
