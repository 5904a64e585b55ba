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
      { url: '/v1/probe/assignments', authorization: 'Bearer a-token-of-the-region', tag: undefined },
      { url: '/v1/probe/assignments', authorization: 'Bearer a-token-of-the-region', tag: '"v1"' },
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
});
