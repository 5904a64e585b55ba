import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseKeyring } from '../../keyring.ts';
import { type Api, regionTokens, startApi } from '../api.fixture.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(() => api.sql.query('DELETE FROM monitor'));

const fra = `Bearer ${regionTokens.fra}`;
const pull = (query = '', etag?: unknown) =>
  api.call(fra, 'GET', `/v1/probe/assignments${query}`, {
    headers: etag === undefined ? {} : { 'if-none-match': String(etag) },
  });
const idsOf = ({ body }: Awaited<ReturnType<typeof pull>>): string[] =>
  body.assignments.map(({ monitorId }: { monitorId: string }) => monitorId);
const create = async (body: object = {}): Promise<string> =>
  (await api.call(api.mine.writer, 'POST', '/v1/monitors', { body: { url: 'https://example.com/', ...body } })).body.id;
const auth = { kind: 'bearer', token: 'tok-123456' };

/** All pages, as a probe puts them together. */
const pages = async (limit: number): Promise<string[][]> => {
  const found: string[][] = [];
  for (let query: string | null = `?limit=${limit}`; query !== null; ) {
    const page = await pull(query);
    expect(page.status).toBe(200);
    found.push(idsOf(page));
    query = page.body.next === undefined ? null : `?limit=${limit}&after=${page.body.next}`;
  }
  return found;
};

describe('assignments in pages', () => {
  test('are each told once, in order; whoever asks for no page gets them all', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.push(await create());
    await create({ regions: ['iad'] });
    expect(await pages(2)).toEqual([ids.slice(0, 2), ids.slice(2, 4), ids.slice(4)]);
    expect(await pages(5)).toEqual([ids]);
    const whole = await pull();
    expect(idsOf(whole)).toEqual(ids);
    expect(whole.body).not.toHaveProperty('next');
    expect((await pull(`?after=${ids[1]}`)).body.assignments).toHaveLength(3);
  });

  test('go on after one that can’t be told, also where a page is left empty', async () => {
    const ids = [await create(), await create({ auth }), await create()];
    await api.sql.query("UPDATE monitor SET auth_sealed = 'v1.gone.x.y.z' WHERE id = $1", [ids[1]]);
    expect(await pages(1)).toEqual([[ids[0]], [], [ids[2]]]);
  });

  test('have the tag of the whole, and none is sent again while nothing changed', async () => {
    await create();
    const { etag } = (await pull('?limit=1')).headers;
    expect((await pull()).headers.etag).toBe(etag);
    expect((await pull('?limit=1', etag)).status).toBe(304);
  });

  test.each(['?limit=0', '?limit=10001', '?after=x'])('%s is no page', async (query) => {
    expect((await pull(query)).status).toBe(400);
  });

  test('end before they are more than a probe reads, however big the monitors were before there was a limit', async () => {
    const first = await create();
    await api.sql.query('UPDATE monitor SET body = $2 WHERE id = $1', [first, '\u0001'.repeat(65_536)]);
    const { rows } = await api.sql.query<{ names: string }>(
      `SELECT string_agg(column_name, ',') AS names FROM information_schema.columns
       WHERE table_name = 'monitor' AND column_name NOT IN ('id', 'seq') AND is_generated = 'NEVER'`,
    );
    const names = rows[0]?.names;
    await api.sql.query(
      `INSERT INTO monitor (id, ${names})
       SELECT ('01932c5e-7b1a-7c3e-9d55-' || lpad(to_hex(n), 12, '0'))::uuid, ${names}
       FROM monitor, generate_series(1, 199) AS n WHERE id = $1`,
      [first],
    );
    const sizes: number[] = [];
    const ids: string[] = [];
    for (let query: string | null = '?limit=5000'; query !== null; ) {
      const page = await pull(query);
      sizes.push(page.text.length);
      ids.push(...idsOf(page));
      query = page.body.next === undefined ? null : `?limit=5000&after=${page.body.next}`;
    }
    expect(new Set(ids).size).toBe(200);
    expect(ids).toHaveLength(200);
    expect(sizes.reduce((a, b) => a + b, 0)).toBeGreaterThan(64 * 1_024 * 1_024);
    expect(Math.max(...sizes)).toBeLessThan(52 * 1_024 * 1_024);
  }, 60_000);
});

describe('a monitor that was left out, since its log-in could not be opened, is pulled', () => {
  const changed = async (assignments: unknown) => {
    const counts = { due: 0, open: 0, up: 0, degraded: 0, down: 0, inconclusive: 0, missed: 0 };
    const sign = {
      probeId: 'fra.1',
      version: '0.1.0',
      at: new Date().toISOString(),
      clockOffsetMs: null,
      blind: false,
    };
    return (await api.call(fra, 'POST', '/v1/probe/alive', { body: { ...sign, counts, assignments } })).body
      .assignmentsChanged;
  };

  test('when what was sealed is back', async () => {
    const id = await create({ auth });
    const { rows } = await api.sql.query<{ sealed: string }>('SELECT auth_sealed AS sealed FROM monitor');
    const seal = (text: string | undefined) =>
      api.sql.query('UPDATE monitor SET auth_sealed = $2 WHERE id = $1', [id, text]);
    await seal('v1.gone.x.y.z');
    const before = await pull();
    expect(idsOf(before)).toEqual([]);
    await seal(rows[0]?.sealed);
    expect(await changed(before.headers.etag)).toBe(true);
    expect(idsOf(await pull('', before.headers.etag))).toEqual([id]);
  });

  test('when the key is back, whatever it is called', async () => {
    const key = (fill: number) => `k1:${Buffer.alloc(32, fill).toString('base64')}`;
    await using wrong = await startApi({ deps: { keyring: parseKeyring(key(1)) } });
    const { body } = await wrong.call(wrong.mine.writer, 'POST', '/v1/monitors', {
      body: { url: 'https://example.com/', auth },
    });
    const tagOf = async (fill: number) => {
      await using other = await startApi({ deps: { keyring: parseKeyring(key(fill)), db: wrong.db } });
      const { headers, body: told } = await other.call(fra, 'GET', '/v1/probe/assignments');
      return [headers.etag, told.assignments.map(({ monitorId }: { monitorId: string }) => monitorId)] as const;
    };
    const [[lost, none], [back, all], [again]] = [await tagOf(2), await tagOf(1), await tagOf(1)];
    expect([none, all]).toEqual([[], [body.id]]);
    expect(lost).not.toBe(back);
    expect(again).toBe(back);
  });
});
