import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Api, startApi } from '../api.fixture.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(() => api.sql.query('DELETE FROM monitor'));

const create = (body: object) =>
  api.call(api.mine.writer, 'POST', '/v1/monitors', { body: { url: 'https://example.com/', ...body } });
const patch = (id: string, body: object) => api.call(api.mine.writer, 'PATCH', `/v1/monitors/${id}`, { body });
const refusal = ({ status, body }: Awaited<ReturnType<typeof create>>) => [
  status,
  body.errors?.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`),
];

describe('headers', () => {
  test('are a merge patch: what is not named stays, null takes one away', async () => {
    const { id } = (await create({ headers: { 'X-A': '1', 'X-B': '2' } })).body;
    expect((await patch(id, { headers: { 'X-A': '9', 'X-C': '3' } })).body.headers).toEqual({
      ...{ 'X-A': '9', 'X-B': '2', 'X-C': '3' },
    });
    expect((await patch(id, { headers: { 'X-A': null, 'x-b': null, Host: null } })).body.headers).toEqual({
      'X-C': '3',
    });
    expect((await create({ headers: { 'X-A': null } })).status).toBe(400);
  });
  test('are twenty at most after a patch', async () => {
    const twenty = (prefix: string, value: string | null = '1') =>
      Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`${prefix}-${i}`, value]));
    const { id } = (await create({ headers: twenty('a') })).body;
    expect(refusal(await patch(id, { headers: { one: '1' } }))).toEqual([400, ['/headers too-many']]);
    const { body } = await patch(id, { headers: { ...twenty('a', null), ...twenty('b') } });
    expect(body.headers).toEqual(twenty('b'));
  });
  test('hold what can be sent, and nothing else', async () => {
    expect((await create({ headers: { 'x-a': 'é ÿ \u00a0~' } })).status).toBe(201);
    for (const value of ['Ω', '\u0100', '\u0080', '\u007f', '一'])
      expect(refusal(await create({ headers: { 'x-a': value } }))).toEqual([400, ['/headers/x-a wrong-format']]);
  });
});

describe('headers, body and assertions', () => {
  const asserted = (count: number, character = 'x') => ({
    assertions: Array.from({ length: count }, () => ({
      kind: 'body',
      compare: 'contains',
      value: character.repeat(2_000),
    })),
  });
  const post = (body: string, more: object = {}) => ({ method: 'POST', body, ...more });

  test('of 64 KiB together are taken, and of more refused where they are biggest', async () => {
    expect((await create(post('x'.repeat(65_530)))).status).toBe(201);
    expect(refusal(await create(post('x'.repeat(65_536))))).toEqual([400, ['/body request-too-large']]);
    expect(refusal(await create(post('\u0001'.repeat(20_000))))).toEqual([400, ['/body request-too-large']]);
    expect(refusal(await create(asserted(16, '一')))).toEqual([400, ['/assertions request-too-large']]);
    const headers = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`x-${i}`, 'ÿ'.repeat(1_000)]));
    const { status, body } = await create(post('x'.repeat(30_000), { headers }));
    expect([status, body.errors[0].pointer, body.errors[0].detail]).toEqual([
      400,
      '/headers',
      'Headers, body and assertions have 68.6 KiB together, as JSON, and may have 64 KiB. The biggest: headers, 39.3 KiB.',
    ]);
  });
  test('that were bigger before there was a limit stay, and do not grow', async () => {
    const { id } = (await create(post('x'))).body;
    await api.sql.query('UPDATE monitor SET body = $2 WHERE id = $1', [id, 'x'.repeat(65_536)]);
    expect((await patch(id, { name: 'Renamed' })).status).toBe(200);
    expect((await patch(id, { body: 'y'.repeat(65_536) })).status).toBe(200);
    expect(refusal(await patch(id, asserted(1)))).toEqual([400, ['/body request-too-large']]);
    expect((await patch(id, { body: 'y'.repeat(60_000), ...asserted(1) })).status).toBe(200);
  });
});

describe('what would never hold is refused', () => {
  const days = [{ kind: 'certificate-days', atLeast: 3 }];
  const ofBody = [
    { kind: 'header-present', name: 'etag', present: true },
    { kind: 'body', compare: 'contains', value: 'x' },
    { kind: 'json-number', path: '$.a', compare: 'at-least', value: 1 },
  ];
  test.each([
    [{ method: 'HEAD', assertions: ofBody }, ['/assertions/1 no-body-to-assert', '/assertions/2 no-body-to-assert']],
    [{ url: 'http://example.com/', maxRedirects: 0, assertions: days }, ['/assertions/0 no-certificate-to-assert']],
    [{ degradedAboveMs: 10_001 }, ['/degradedAboveMs degraded-exceeds-timeout']],
  ])('when it is made: %j', async (body, faults) => {
    expect(refusal(await create(body))).toEqual([400, faults]);
  });

  test.each([
    [{ assertions: ofBody }, { method: 'HEAD' }, '/method no-body-to-assert'],
    [{ method: 'HEAD' }, { assertions: ofBody.slice(1, 2) }, '/assertions/0 no-body-to-assert'],
    [{ assertions: days, maxRedirects: 0 }, { url: 'http://example.com/' }, '/url no-certificate-to-assert'],
    [{ degradedAboveMs: 5_000 }, { timeoutMs: 4_000 }, '/timeoutMs degraded-exceeds-timeout'],
    [{ timeoutMs: 4_000 }, { degradedAboveMs: 5_000 }, '/degradedAboveMs degraded-exceeds-timeout'],
  ])('by what there would be after a patch: %j, then %j', async (before, change, fault) => {
    const { id } = (await create(before)).body;
    expect(refusal(await patch(id, change))).toEqual([400, [fault]]);
  });

  test('but not what a redirect may make true, nor a change of something else', async () => {
    const { id } = (await create({ url: 'http://example.com/', assertions: days })).body;
    await api.sql.query('UPDATE monitor SET degraded_above_ms = 60000, max_redirects = 0 WHERE id = $1', [id]);
    expect((await patch(id, { name: 'Renamed' })).status).toBe(200);
    expect((await create({ degradedAboveMs: 10_000 })).status).toBe(201);
  });
});

test('what was learnt of the certificate is forgotten with another URL, and with nothing else', async () => {
  const { id } = (await create({})).body;
  const later = new Date('2027-03-01T00:00:00Z');
  await api.sql.query(`UPDATE monitor SET certificate_ends = $2, certificate_told = '{7}' WHERE id = $1`, [id, later]);
  const kept = async () =>
    (await api.sql.query('SELECT certificate_ends AS ends, certificate_told AS told FROM monitor WHERE id = $1', [id]))
      .rows;
  await patch(id, { name: 'Renamed', url: 'https://example.com/' });
  expect(await kept()).toEqual([{ ends: later, told: [7] }]);
  await patch(id, { url: 'https://other.example/' });
  expect(await kept()).toEqual([{ ends: null, told: [] }]);
});
