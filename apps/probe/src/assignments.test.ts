import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTarget } from '@farwatch/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AssignmentMap, type Assignments, openAssignments } from './assignments.ts';
import { assignment, silent } from './probe.fixture.ts';

let dir: string;
let opened: Assignments[] = [];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'farwatch-assignments-'));
});
afterEach(async () => {
  for (const assignments of opened) await assignments.stop();
  opened = [];
  await rm(dir, { recursive: true, force: true });
});

const open = async (apiUrl: string, warnings: unknown[] = []) => {
  const changes: AssignmentMap[] = [];
  const log = { ...silent, warn: (detail: unknown) => void warnings.push(detail) };
  const settings = { apiUrl, region: 'fra', token: 'a-token-of-the-region', dataDir: dir, log };
  const assignments = await openAssignments({ ...settings, onChange: (map) => void changes.push(map) });
  opened.push(assignments);
  return { assignments, changes };
};
const startApi = (answer: { status?: number; body?: unknown }, asked: Record<string, unknown>[] = []) =>
  startTarget(({ headers, url }, res) => {
    asked.push({ url, authorization: headers.authorization, tag: headers['if-none-match'] });
    const { status = 200, body = { region: 'fra', assignments: [assignment(1), assignment(2)] } } = answer;
    const same = status === 200 && headers['if-none-match'] === '"v1"';
    res.writeHead(same ? 304 : status, { etag: '"v1"', 'content-type': 'application/json' });
    res.end(same ? undefined : JSON.stringify(body));
  });

describe('assignments', () => {
  test('are pulled with the region token, and not again while nothing changed', async () => {
    const asked: Record<string, unknown>[] = [];
    await using api = await startApi({}, asked);
    const { assignments, changes } = await open(api.url);
    expect(await assignments.pull()).toBe('changed');
    expect(await assignments.pull()).toBe('same');
    expect(asked).toEqual([
      { url: '/v1/probe/assignments?limit=5000', authorization: 'Bearer a-token-of-the-region', tag: undefined },
      { url: '/v1/probe/assignments?limit=5000', authorization: 'Bearer a-token-of-the-region', tag: '"v1"' },
    ]);
    expect(changes.map((map) => map.size)).toEqual([2]);
  });
  test('outlive the API and the probe', async () => {
    {
      await using api = await startApi({});
      await (await open(api.url)).assignments.pull();
    }
    const { assignments } = await open('http://127.0.0.1:1');
    expect(assignments.current().size).toBe(2);
    expect(await assignments.pull()).toBe('away');
    expect(assignments.current().size).toBe(2);
  });
  test.each([
    ['a refused token', { status: 401 }, /FARWATCH_REGION_TOKEN/u],
    ['a server error', { status: 500 }, /500/u],
    ['an answer that breaks the contract', { body: { region: 'fra', assignments: [{ url: 1 }] } }, /contract/u],
    ['a token for another region', { body: { region: 'iad', assignments: [] } }, /FARWATCH_REGION/u],
  ])('are kept, and the trouble is said once, on %s', async (_, trouble, said) => {
    const answer: Parameters<typeof startApi>[0] = {};
    await using api = await startApi(answer);
    const warnings: unknown[] = [];
    const { assignments } = await open(api.url, warnings);
    await assignments.pull();
    await using broken = await startApi(trouble);
    const later = await open(broken.url, warnings);
    expect(await later.assignments.pull()).toBe('away');
    expect(await later.assignments.pull()).toBe('away');
    expect(later.assignments.current().size).toBe(2);
    expect(warnings).toEqual([expect.objectContaining({ trouble: expect.stringMatching(said) })]);
    expect(JSON.stringify(warnings)).not.toContain('a-token-of-the-region');
  });
  test('that this probe is too old for keep it from no other, now and after a restart', async () => {
    const newer = { ...assignment(2), method: 'BREW' };
    await using api = await startApi({ body: { region: 'fra', assignments: [assignment(1), newer] } });
    const { assignments } = await open(api.url);
    expect(await assignments.pull()).toBe('changed');
    expect([...assignments.current().keys()]).toEqual([assignment(1).monitorId]);
    const later = await open('http://127.0.0.1:1');
    expect(later.assignments.current().size).toBe(1);
  });
  test('a pull while one is under way does not take that answer for its own: it may be older', async () => {
    const held = Promise.withResolvers<void>();
    let asked = 0;
    await using api = await startTarget(async (_, res) => {
      const known = [assignment(1), ...(asked++ === 0 ? [] : [assignment(2)])]; // committed after the first answer was made
      if (known.length === 1) await held.promise;
      res.writeHead(200, { 'content-type': 'application/json' });
      res.end(JSON.stringify({ region: 'fra', assignments: known }));
    });
    const { assignments } = await open(api.url);
    const early = assignments.pull();
    const later = Promise.all([assignments.pull(), assignments.pull(), assignments.pull()]);
    held.resolve();
    await early;
    expect(assignments.current().size).toBe(1);
    await later;
    expect(assignments.current().size).toBe(2);
    expect(asked).toBe(2);
  });

  const page = (from: number, next?: number, region = 'fra') => ({
    ...{ region, assignments: [assignment(from), assignment(from + 1)] },
    ...(next === undefined ? {} : { next: assignment(next).monitorId }),
  });
  const startPages = (pages: Readonly<Record<string, unknown>>, asked: unknown[] = []) =>
    startTarget(({ headers, url = '' }, res) => {
      const after = new URL(url, 'http://api').searchParams.get('after') ?? 'first';
      asked.push([after, headers['if-none-match']]);
      const body = pages[after];
      const same = headers['if-none-match'] === '"first"';
      res.writeHead(same ? 304 : body === undefined ? 500 : 200, { etag: `"${after}"` });
      res.end(same ? undefined : JSON.stringify(body));
    });
  const idOf = (n: number) => assignment(n).monitorId;

  test('are put together from pages, by the tag of the first', async () => {
    const asked: unknown[] = [];
    const pages = { first: page(1, 2), [idOf(2)]: page(3, 4), [idOf(4)]: page(5) };
    await using api = await startPages(pages, asked);
    const { assignments, changes } = await open(api.url);
    expect(await assignments.pull()).toBe('changed');
    expect([...assignments.current().keys()]).toEqual([1, 2, 3, 4, 5, 6].map(idOf));
    expect(changes).toHaveLength(1);
    expect(assignments.etag()).toBe('"first"');
    expect(await assignments.pull()).toBe('same');
    expect(asked).toEqual([
      ['first', undefined],
      [idOf(2), undefined],
      [idOf(4), undefined],
      ['first', '"first"'],
    ]);
    const later = await open('http://127.0.0.1:1');
    expect(later.assignments.current().size).toBe(6);
  });
  test.each([
    ['a page that does not come', { first: page(1, 2) }],
    ['pages that go round', { first: page(1, 2), [idOf(2)]: page(3, 2) }],
    ['a page of another region', { first: page(1, 2), [idOf(2)]: page(3, undefined, 'iad') }],
  ])('stay as they were on %s', async (_, pages) => {
    {
      await using api = await startPages({ first: page(7) });
      await (await open(api.url)).assignments.pull();
    }
    await using api = await startPages(pages);
    const { assignments, changes } = await open(api.url);
    expect(await assignments.pull()).toBe('away');
    expect([...assignments.current().keys()]).toEqual([7, 8].map(idOf));
    expect(changes).toEqual([]);
  });
});
