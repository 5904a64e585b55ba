import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepResults, resultOf } from '../../world.fixture.ts';
import { type Log, startLog } from './log.fixture.ts';

let api: Log['api'];
let fill: Log['fill'];
let create: Log['create'];
let results: Log['results'];

beforeAll(async () => {
  ({ api, fill, create, results } = await startLog());
});
afterAll(() => api[Symbol.asyncDispose]());

describe('streams', () => {
  test('NDJSON is every line of the log in order, past any page', async () => {
    const answer = await results('limit=1', { accept: 'application/x-ndjson' });
    expect(answer.headers['content-type']).toContain('application/x-ndjson');
    const lines: unknown[] = answer.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toEqual((await results('limit=1000')).body.items);
  });

  test('CSV has a head, a line for each, and the filter of the query', async () => {
    const answer = await results('status=502&region=fra', { accept: 'text/csv' });
    const [head, ...lines] = answer.text.trimEnd().split('\r\n');
    expect(head).toMatch(/^id,monitorId,region,/u);
    expect(lines).toHaveLength(4);
    expect(lines[0]).toContain(',down,502,HTTP 502,502,');
  });

  test('a text that a spreadsheet would run comes as a text', async () => {
    const id = await create('formula');
    const failure = { kind: 'assertion', expected: '=cmd|"/c calc"!A0', got: '+1' };
    const reason = `=HYPERLINK("http://evil.example","x"),${failure.expected}`;
    await keepResults(api.db, [resultOf(id, 'up', Date.now(), { outcome: { verdict: 'inconclusive', reason } })]);
    const accept = { headers: { accept: 'text/csv' } };
    const { text } = await api.call(api.mine.reader, 'GET', `/v1/monitors/${id}/results`, accept);
    expect(text).toContain(`,"'=HYPERLINK(""http://evil.example"",""x""),=cmd`);
  });

  test('what nobody can make is 406; a browser gets JSON', async () => {
    expect((await results('', { accept: 'image/png' })).status).toBe(406);
    expect((await results('', { accept: 'text/csv;q=0, application/json' })).headers['content-type']).toContain('json');
    expect((await results('', { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' })).status).toBe(200);
  });

  /** What is in use: garbage that nobody has collected yet says how busy the machine is. */
  const held = (): number => {
    setFlagsFromString('--expose-gc');
    (runInNewContext('gc') as () => void)(); // what that flag makes
    return process.memoryUsage().heapUsed;
  };
  test('50,000 looks pass through in flat memory, as fast as they are taken', { timeout: 120_000 }, async () => {
    const id = await create('long');
    await fill(id, 50_000, 'fra');
    await api.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = api.app.server.address() as { port: number }; // it listens on TCP
    const answer = await fetch(`http://127.0.0.1:${port}/v1/monitors/${id}/results`, {
      headers: { authorization: api.mine.reader, accept: 'application/x-ndjson' },
    });
    const before = held();
    let peak = 0;
    let lines = 0;
    let next = 5_000;
    for await (const chunk of answer.body ?? []) {
      lines += Buffer.from(chunk).toString('latin1').split('\n').length - 1;
      if (lines < next) continue;
      next += 5_000;
      peak = Math.max(peak, held() - before);
    }
    expect(lines).toBe(50_000);
    // All rows at once would be over 100 MB of objects and text.
    expect(peak).toBeLessThan(64 * 1_048_576);
  });
});
